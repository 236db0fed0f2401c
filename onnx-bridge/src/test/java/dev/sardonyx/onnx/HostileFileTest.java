package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file is hostile until read: only a SardonyxException may come out. */
class HostileFileTest {
  @TempDir Path folder;

  @Test
  void truncatedFilesAreRefused() {
    byte[] bytes = Onnx.bytes(Graphs.twoLayers(), 21);
    for (int length = 0; length < bytes.length; length += 97) {
      requireClean(Arrays.copyOf(bytes, length));
    }
    for (int length = 0; length < bytes.length; length += 7) {
      requireClean(Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void flippedBytesNeverEscapeTheErrorFamily() {
    byte[] bytes = Onnx.bytes(Graphs.twoLayers(), 21);
    var random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] flipped = bytes.clone();
      for (int i = 0; i <= round % 4; i++) {
        flipped[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      requireClean(flipped);
    }
  }

  @Test
  void noiseIsRefused() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      requireClean(noise);
    }
  }

  private static void requireClean(byte[] bytes) {
    try {
      Onnx.read(bytes, "hostile.onnx");
    } catch (SardonyxException expected) {
      assertThat(expected.file()).contains("hostile.onnx");
    }
  }

  private static SardonyxException refused(Consumer<GraphProto.Builder> content) {
    return catchThrowableOfType(SardonyxException.class, () -> Protos.read(17, content));
  }

  private static SardonyxException refusedTensor(UnaryOperator<TensorProto.Builder> change) {
    var tensor = TensorProto.newBuilder().setName("w").setDataType(1);
    return refused(
        g ->
            g.addInitializer(change.apply(tensor))
                .addNode(Protos.node("Relu", List.of("x"), List.of("y")))
                .addOutput(Protos.untyped("y")));
  }

  @Test
  void tensorsWhoseDimsAndDataDisagreeAreRefused() {
    var four = ByteString.copyFrom(new byte[4]);
    assertThat(refusedTensor(t -> t.addDims(-1).setRawData(four)))
        .hasMessageContaining("[Format] tensor 'w': dims must be 0 or more, found [-1]");
    assertThat(refusedTensor(t -> t.addDims(2).setRawData(four)))
        .hasMessageContaining("float32[2] takes 8 bytes, raw_data has 4");
    assertThat(refusedTensor(t -> t.addDims(1L << 40).setRawData(four)).code())
        .isEqualTo(ErrorCode.FORMAT);
    assertThat(refusedTensor(t -> t.addDims(1L << 32).addDims(1L << 32).setRawData(four)).code())
        .isEqualTo(ErrorCode.LIMIT);
    assertThat(refusedTensor(t -> t.addDims(1).setRawData(four).addFloatData(1)))
        .hasMessageContaining("given twice");
    assertThat(refusedTensor(t -> t.addDims(2).addFloatData(1)))
        .hasMessageContaining("2 entries of float_data, found 1");
    assertThat(refusedTensor(t -> t.addDims(1).addInt64Data(1)))
        .hasMessageContaining("1 in other fields");
    assertThat(refusedTensor(t -> t.setDataType(0).addDims(1).setRawData(four)))
        .hasMessageContaining("element type 0");
    assertThat(refusedTensor(t -> t.setDataType(9).addDims(1).addInt32Data(2)))
        .hasMessageContaining("bools must be 0 or 1");
    assertThat(refusedTensor(t -> t.setDataType(3).addDims(1).addInt32Data(300)))
        .hasMessageContaining("300 is not an element of int8");
  }

  @Test
  void externalDataIsRefusedNamingTheTensorWhereverItHides() {
    var external =
        TensorProto.newBuilder()
            .setName("secret")
            .setDataType(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .build();
    var branch = GraphProto.newBuilder().setName("b").addInitializer(external).build();
    List<Consumer<GraphProto.Builder>> places =
        List.of(
            g -> g.addInitializer(external),
            g ->
                g.addNode(
                    Protos.node(
                        "Constant", List.of(), List.of("c"), Protos.tensor("value", external))),
            g ->
                g.addNode(
                    Protos.node("Own", List.of(), List.of("c"), Protos.tensor("t", external))),
            g ->
                g.addNode(
                    Protos.node(
                        "If", List.of("x"), List.of("c"), Protos.graph("then_branch", branch))));
    for (Consumer<GraphProto.Builder> place : places) {
      assertThat(refused(place))
          .hasMessageContaining("[Unsupported] tensor 'secret'")
          .hasMessageContaining("external data");
    }
  }

  @Test
  void brokenGraphsAreRefusedAtTheirPlace() {
    assertThat(
            refused(
                g ->
                    g.addNode(Protos.node("Add", List.of("x", "b"), List.of("a")))
                        .addNode(Protos.node("Relu", List.of("a"), List.of("b")))
                        .addOutput(Protos.untyped("b"))))
        .hasMessageContaining("[Graph] nodes form a cycle: a (Add) needs b (Relu) needs a (Add)");
    assertThat(refused(g -> g.addNode(Protos.node("Relu", List.of("ghost"), List.of("y")))))
        .hasMessageContaining("'ghost' is used but not defined")
        .hasMessageContaining("at y");
    for (var outputs : List.of(List.<String>of(), List.of(""))) {
      assertThat(refused(g -> g.addNode(Protos.node("Clip", List.of("x"), outputs))))
          .hasMessageContaining("[Format] Clip has at least one output with a name, found none");
    }
    assertThat(refused(g -> g.addOutput(Protos.untyped("ghost"))))
        .hasMessageContaining("'ghost' is used but not defined");
    assertThat(
            refused(
                g ->
                    g.addNode(Protos.node("Relu", List.of("x"), List.of("y")))
                        .addNode(Protos.node("Tanh", List.of("x"), List.of("y")))))
        .hasMessageContaining("'y' is defined twice");
    assertThat(refused(g -> g.addNode(Protos.node("Relu", List.of("x"), List.of("x")))))
        .hasMessageContaining("[Graph]");
    assertThat(
            refused(
                g ->
                    g.addInitializer(Protos.raw("w", 2, List.of(1L), (byte) 1))
                        .addInitializer(Protos.raw("w", 2, List.of(1L), (byte) 2))))
        .hasMessageContaining("'w' is defined twice");
    assertThat(refused(g -> g.addInput(Protos.value("x", 1, 2))))
        .hasMessageContaining("'x' is defined twice");
    assertThat(refused(g -> g.addInput(Protos.value("n", 1, -5))))
        .hasMessageContaining("input 'n': dims must be 0 or more");
    assertThat(refused(g -> g.addInput(Protos.untyped("n")))).hasMessageContaining("needs a name");
    assertThat(
            refused(
                g ->
                    g.addNode(
                        Protos.node(
                            "Softmax",
                            List.of("x"),
                            List.of("y"),
                            Protos.integer("axis", 1),
                            Protos.integer("axis", 0)))))
        .hasMessageContaining("attribute 'axis' is given twice");
    assertThat(refused(g -> g.addNode(Protos.node("Add", List.of("x"), List.of("y")))))
        .hasMessageContaining("Add takes 2 inputs, found 1");
    assertThat(
            refused(
                g ->
                    g.addNode(Protos.node("Relu", List.of("x"), List.of("y")))
                        .addOutput(Protos.value("y", 7, 2, 3))))
        .hasMessageContaining("declared int64[2, 3] but is float32[2, 3]");
  }

  @Test
  void versionsThatAreNotReadAreRefused() {
    ModelProto good = Protos.model(17, g -> {});
    assertRefused(good.toBuilder().setIrVersion(9999).build(), "ir_version is 9999; up to 13");
    assertRefused(good.toBuilder().setIrVersion(-1).build(), "ir_version must be 1 or more");
    assertRefused(good.toBuilder().clearGraph().build(), "have no graph");
    assertRefused(Protos.model(28, g -> {}), "opset 28; opsets 1 to 27 can be read");
    assertRefused(Protos.model(9999, g -> {}), "opset 9999");
    var twice = good.toBuilder();
    twice.addOpsetImportBuilder().setDomain("ai.onnx").setVersion(16);
    assertRefused(twice.build(), "imported twice");
  }

  private static void assertRefused(ModelProto model, String reason) {
    assertThatThrownBy(() -> Onnx.read(model.toByteArray(), "v.onnx"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("in v.onnx");
  }

  @Test
  void deepNestingEndsInAnError() {
    byte[] bytes = {};
    for (int i = 0; i < 2_000; i++) {
      bytes = field(4, field(1, bytes)); // TypeProto.sequence_type, Sequence.elem_type
    }
    byte[] model = field(7, field(11, field(2, bytes))); // ModelProto.graph, input, type
    assertThatThrownBy(() -> Onnx.read(model, "deep"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("too many levels of nesting");
    byte[] groups = new byte[50_000];
    Arrays.fill(groups, (byte) 0x0b);
    assertThatThrownBy(() -> Onnx.read(groups, "g")).isInstanceOf(SardonyxException.class);
  }

  /** One length-delimited field, written by hand: the library's own writer would overflow. */
  private static byte[] field(int number, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int rest = content.length;
    for (; rest > 127; rest >>>= 7) {
      out.write(rest & 127 | 128);
    }
    out.write(rest);
    out.writeBytes(content);
    return out.toByteArray();
  }

  @Test
  void pathsThatAreNoFilesAreRefusedByName() throws Exception {
    Path missing = folder.resolve("missing.onnx");
    assertThatThrownBy(() -> Onnx.read(missing))
        .hasMessage("[File] there is no such file, in " + missing);
    assertThatThrownBy(() -> Onnx.read(folder))
        .hasMessage("[File] expected a file, found a folder, in " + folder);
    assertThatThrownBy(() -> Onnx.read(Path.of("/dev/zero"))).hasMessageContaining("[File]");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    assertThatThrownBy(() -> Onnx.read(empty))
        .hasMessage(
            "[Format] expected an ONNX model, found 0 bytes that have no graph, in " + empty);
    Path text = Files.writeString(folder.resolve("text.onnx"), "hello, I am no model");
    assertThatThrownBy(() -> Onnx.read(text))
        .hasMessageContaining("[Format] expected an ONNX model");
  }
}
