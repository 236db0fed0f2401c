package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import dev.sardonyx.onnx.internal.read.FileBytes;
import dev.sardonyx.onnx.internal.read.ModelBytes;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large data of a file goes to its own memory; nothing else tells it from the same bytes. */
class ModelFileTest {
  private static final int LARGE = 20_000;

  @TempDir Path folder;

  private static TensorProto.Builder tensor(String name, int bytes, int seed) {
    var data = new byte[bytes];
    new Random(seed).nextBytes(data);
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(2) // uint8
        .addDims(bytes)
        .setRawData(ByteString.copyFrom(data));
  }

  private static ModelProto model() {
    return Protos.model(
        17,
        graph -> {
          graph.addInitializer(tensor("a", 7, 1));
          graph.addInitializer(tensor("b", LARGE, 2).setDocString("behind"));
          graph.addInitializer(tensor("c", LARGE + 1, 3));
          graph.addInitializer(tensor("d", 100, 4));
          graph.addInitializer(tensor("e", LARGE + 2, 5));
          for (String name : List.of("a", "b", "c", "d", "e")) {
            graph.addNode(Protos.node("Identity", List.of(name), List.of(name + "n")));
            graph.addOutput(Protos.untyped(name + "n"));
          }
        });
  }

  /** What reading comes to, as text. */
  private String outcome(byte[] bytes, boolean asFile) throws IOException {
    try {
      Graph graph = asFile ? Onnx.read(file(bytes)) : Onnx.read(bytes, "m");
      var text = new StringBuilder(graph.toString());
      graph
          .initializers()
          .forEach(
              (name, data) ->
                  text.append(name)
                      .append(Arrays.hashCode(data.segment().toArray(ValueLayout.JAVA_BYTE))));
      return text.toString();
    } catch (SardonyxException refused) {
      return refused.code() + refused.reason();
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.onnx"), bytes);
  }

  @Test
  void aFileReadsAsItsBytesDo() throws IOException {
    byte[] bytes = model().toByteArray();
    assertThat(outcome(bytes, true)).isEqualTo(outcome(bytes, false));
    Graph graph = Onnx.read(file(bytes));
    assertThat(graph.initializers().keySet()).containsExactly("a", "b", "c", "d", "e");
    graph
        .initializers()
        .values()
        .forEach(data -> assertThat(data.segment().address() % 64).isZero());
    ModelBytes read = FileBytes.model(file(bytes));
    assertThat(read.data()).extracting(ModelBytes.Data::initializer).containsExactly(1, 2, 4);
    assertThat(read.bytes().size()).isEqualTo(bytes.length - 3 * LARGE - 3);
  }

  @Test
  void messagesThatAreGivenInPiecesAreMerged() throws IOException {
    ModelProto whole = model();
    GraphProto more =
        GraphProto.newBuilder()
            .addInitializer(tensor("f", LARGE, 6))
            .addNode(Protos.node("Identity", List.of("f"), List.of("fn")))
            .addOutput(Protos.untyped("fn"))
            .build();
    ByteString twice =
        whole
            .toByteString()
            .concat(ModelProto.newBuilder().setGraph(more).buildPartial().toByteString());
    byte[] bytes = twice.toByteArray();
    assertThat(Onnx.read(file(bytes)).initializers()).containsKey("f").hasSize(6);
    assertThat(outcome(bytes, true)).isEqualTo(outcome(bytes, false));
  }

  @Test
  void ofDataThatIsGivenTwiceTheLastCounts() throws IOException {
    TensorProto large = tensor("a", LARGE, 1).build();
    ByteString both =
        large.toByteString().concat(tensor("a", 7, 2).clearDims().build().toByteString());
    ByteString model = Protos.model(17, empty -> {}).toByteString();
    byte[] bytes = model.concat(field(0x3A, field(0x2A, both))).toByteArray();
    assertThat(outcome(bytes, true)).isEqualTo(outcome(bytes, false)).contains("raw_data has 7");
  }

  /** A message within another by hand: number and wire type, length in three bytes, content. */
  private static ByteString field(int tag, ByteString content) {
    int size = content.size();
    byte[] head = {
      (byte) tag, (byte) (size & 0x7F | 0x80), (byte) (size >> 7 & 0x7F | 0x80), (byte) (size >> 14)
    };
    return ByteString.copyFrom(head).concat(content);
  }

  @Test
  void aDamagedFileIsRefusedAsItsBytesAre() throws IOException {
    byte[] bytes = model().toByteArray();
    int[] places = places(bytes);
    var random = new Random(11);
    for (int round = 0; round < 1_500; round++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i <= round % 3; i++) {
        damaged[places[random.nextInt(places.length)]] = (byte) random.nextInt(256);
      }
      if (round % 5 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      assertThat(outcome(damaged, true)).as("round %d", round).isEqualTo(outcome(damaged, false));
    }
  }

  /** Where something other than large data stands, roughly. */
  private static int[] places(byte[] bytes) {
    ByteString all = ByteString.copyFrom(bytes);
    var large = new boolean[bytes.length];
    for (TensorProto tensor : model().getGraph().getInitializerList()) {
      ByteString data = tensor.getRawData();
      for (int at = 0; data.size() >= LARGE && at + data.size() <= bytes.length; at++) {
        if (all.byteAt(at) == data.byteAt(0) && all.substring(at, at + data.size()).equals(data)) {
          Arrays.fill(large, at, at + data.size(), true);
          break;
        }
      }
    }
    return IntStream.range(0, bytes.length).filter(i -> !large[i]).toArray();
  }
}
