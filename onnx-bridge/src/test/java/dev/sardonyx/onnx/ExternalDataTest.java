package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.StringStringEntryProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of tensors in files beside the model, and nowhere else. */
class ExternalDataTest {
  @TempDir private Path outside;

  private Path folder = Path.of("");

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectory(outside.resolve("model"));
    var data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      data.putFloat(i);
    }
    Files.write(folder.resolve("w.bin"), data.array());
    Files.write(outside.resolve("secret"), data.array());
  }

  private static TensorProto tensor(long size, String... keysAndValues) {
    var result =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(size)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      result.addExternalData(
          StringStringEntryProto.newBuilder()
              .setKey(keysAndValues[i])
              .setValue(keysAndValues[i + 1]));
    }
    return result.build();
  }

  private Graph read(Consumer<GraphProto.Builder> content) throws IOException {
    Path file = folder.resolve("m.onnx");
    Files.write(file, Protos.model(17, content).toByteArray());
    return Onnx.read(file);
  }

  private Graph read(TensorProto... weights) throws IOException {
    return read(g -> g.addAllInitializer(List.of(weights)));
  }

  private void refused(ErrorCode code, String reason, TensorProto weight) {
    assertThatThrownBy(() -> read(weight))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(reason)
        .hasMessageContaining("tensor 'w'")
        .hasMessageContaining("m.onnx");
  }

  private static float[] weight(Graph graph, String name) {
    return Graphs.named(graph.initializers(), name).floats();
  }

  @Test
  void piecesOfAFileAreRead() throws IOException {
    TensorProto all = tensor(6, "location", "w.bin", "checksum", "unknown keys are ignored");
    TensorProto two = tensor(2, "location", "w.bin", "offset", "4", "length", "8");
    Graph graph = read(all, two.toBuilder().setName("v").build());
    assertThat(weight(graph, "w")).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(weight(graph, "v")).containsExactly(1, 2);
  }

  @Test
  void filesMayLieInFoldersWithin() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.move(folder.resolve("w.bin"), folder.resolve("a/b/w"));
    assertThat(weight(read(tensor(6, "location", "a/./b/w")), "w")).hasSize(6);
  }

  @Test
  void largePiecesAreRead() throws IOException {
    byte[] large = new byte[4 << 20];
    large[(2 << 20) + 3] = 0x40; // 2.0f at the offset
    Files.write(folder.resolve("large"), large);
    Graph graph =
        read(tensor(1 << 19, "location", "large", "offset", "2097152", "length", "2097152"));
    assertThat(weight(graph, "w")).hasSize(1 << 19).startsWith(2, 0);
  }

  @Test
  void constantsInNodesAndInGraphsWithinMayBeExternal() throws IOException {
    TensorProto two = tensor(2, "location", "w.bin", "offset", "4", "length", "8");
    Graph graph =
        read(
            g ->
                g.addNode(
                    Protos.node("Constant", List.of(), List.of("c"), Protos.tensor("value", two))));
    assertThat(weight(graph, "c")).containsExactly(1, 2);
    GraphProto branch =
        GraphProto.newBuilder()
            .setName("b")
            .addInitializer(two)
            .addNode(Protos.node("Neg", List.of("w"), List.of("n")))
            .addOutput(Protos.untyped("n"))
            .build();
    Graph nested =
        read(
            g ->
                g.addInput(Protos.value("c", 9))
                    .addNode(
                        Protos.node(
                            "If",
                            List.of("c"),
                            List.of("y"),
                            Protos.graph("then_branch", branch),
                            Protos.graph("else_branch", branch)))
                    .addOutput(Protos.untyped("y")));
    Graph again = Onnx.read(Onnx.bytes(nested, 17), "nested.onnx");
    for (Graph each : List.of(nested, again)) {
      var body = (GraphBody) each.nodes().getFirst().op().bodies().getFirst();
      assertThat(weight(body.graph(), "w")).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/../../secret", "/etc/hostname", "a\\..\\secret"})
  void locationsOutsideTheFolderAreRefused(String location) {
    refused(ErrorCode.FORMAT, "must lie in the model's folder", tensor(6, "location", location));
  }

  @Test
  void linksAreRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("soft"), outside.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("up"), outside);
    Files.createLink(folder.resolve("hard"), outside.resolve("secret"));
    for (String location : List.of("soft", "up/secret", "hard")) {
      refused(ErrorCode.FORMAT, "reached by no link", tensor(6, "location", location));
    }
    Files.createDirectory(folder.resolve("sub"));
    refused(ErrorCode.FORMAT, "regular file", tensor(6, "location", "sub"));
  }

  @ParameterizedTest
  @CsvSource({
    "offset, -4, must be a number",
    "offset, 0x10, must be a number",
    "offset, 99999999999999999999, must be a number",
    "length, '', must be a number",
    "length, 20, takes 24 bytes",
    "offset, 4, gives 20 from offset 4",
    "offset, 900000000000000000, gives 0 from offset",
    "length, 1125899906842624, gives 1125899906842624",
  })
  void numbersThatDoNotFitAreRefused(String key, String value, String reason) {
    refused(ErrorCode.FORMAT, reason, tensor(6, "location", "w.bin", key, value));
  }

  @Test
  void whatIsNotThereOrTwiceIsRefused() {
    refused(ErrorCode.FILE, "no file for external data", tensor(6, "location", "none"));
    refused(ErrorCode.FORMAT, "no location", tensor(6));
    refused(
        ErrorCode.FORMAT,
        "given twice",
        tensor(6, "location", "w.bin").toBuilder().addFloatData(1).build());
    refused(
        ErrorCode.FORMAT,
        "strings",
        tensor(6, "location", "w.bin").toBuilder().setDataType(8).build());
  }

  @Test
  void bytesHaveNoFolder() {
    byte[] model =
        Protos.model(17, g -> g.addInitializer(tensor(6, "location", "w.bin"))).toByteArray();
    assertThatThrownBy(() -> Onnx.read(model, "bytes"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("not read from a file");
  }
}
