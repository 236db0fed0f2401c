package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.checkpoint.CheckpointTypes;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
  @TempDir Path folder;

  static Stream<Expected> reference() throws IOException {
    return Expected.of("safetensors");
  }

  @ParameterizedTest
  @MethodSource("reference")
  void readsAndRefusesWhatTheReferenceDoes(Expected expected) {
    expected.verify();
  }

  @ParameterizedTest
  @MethodSource("reference")
  void whatIsWrittenIsReadBackToTheBit(Expected expected) throws IOException {
    if (expected.loads()) {
      StateDict state = StateDict.read(expected.file());
      StateDict found = writtenAndRead(state, "a.safetensors");
      Same.requireSame(found, state);
      assertThat(found.metadata()).isEqualTo(state.metadata());
      state.write(folder.resolve("b.safetensors"));
      assertThat(folder.resolve("b.safetensors"))
          .hasSameBinaryContentAs(folder.resolve("a.safetensors"));
    }
  }

  private StateDict writtenAndRead(StateDict state, String name) {
    state.write(folder.resolve(name));
    return StateDict.read(folder.resolve(name));
  }

  /** Order of the header and alignment of the data are ours to choose, and readers rely on them. */
  @Test
  void entriesKeepTheirOrderAndDataIsAligned() throws IOException {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    entries.put("z", bytes(3));
    entries.put("a", Tensor.of(new long[] {1, 2}, 2));
    entries.put("m", Tensor.of(new float[] {1, 2, 3}, 3));
    StateDict found =
        writtenAndRead(new StateDict(entries, Map.of("format", "pt")), "x.safetensors");
    assertThat(found.entries().keySet()).containsExactly("z", "a", "m");
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("x.safetensors")));
    long length = file.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    assertThat(length % 8).isZero();
    String header = new String(file.array(), 8, (int) length, StandardCharsets.UTF_8);
    assertThat(header.strip())
        .isEqualTo(
            """
            {"__metadata__":{"format":"pt"},\
            "z":{"dtype":"I8","shape":[3],"data_offsets":[28,31]},\
            "a":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},\
            "m":{"dtype":"F32","shape":[3],"data_offsets":[16,28]}}""");
  }

  private static Tensor bytes(long size) {
    Shape shape = Shape.of(size);
    return DenseTensor.view(DType.INT8, shape, DenseTensor.allocate(DType.INT8, shape));
  }

  @Test
  void fourGigabytesNeedNoHeap() throws IOException {
    Path file = folder.resolve("large.safetensors");
    long elements = 1L << 30;
    byte[] header =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(elements, 4 * elements)
            .getBytes(StandardCharsets.UTF_8);
    try (var out = new RandomAccessFile(file.toFile(), "rw")) { // a sparse file
      out.writeLong(Long.reverseBytes(header.length));
      out.write(header);
      out.setLength(8 + header.length + 4 * elements);
      out.seek(8 + header.length + 4 * elements - 4);
      out.writeInt(Integer.reverseBytes(Float.floatToIntBits(2.5f)));
    }
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(4 * elements);
    assertThat(StateDict.read(file).get("w").dense().floatAt(elements - 1)).isEqualTo(2.5f);
    assertThat(CheckpointTypes.read(file))
        .containsExactly(Map.entry("w", TensorType.of(DType.FLOAT32, elements)));
  }

  @Test
  void aFileMayBeWrittenOverWhileItsTensorsAreInUse() {
    Path file = folder.resolve("x.safetensors");
    float[] values = new float[1 << 20];
    values[9] = 9;
    new StateDict(Map.of("w", Tensor.of(values, values.length))).write(file);
    StateDict mapped = StateDict.read(file);
    new StateDict(Map.of("v", Tensor.ones(1))).write(file);
    assertThat(mapped.get("w").dense().floatAt(9)).isEqualTo(9);
  }

  @Test
  void typesThatTheFormatLacksAreRefused() {
    Shape shape = Shape.of(2);
    var packed = DenseTensor.view(DType.INT4, shape, DenseTensor.allocate(DType.INT4, shape));
    Path file = folder.resolve("x.safetensors");
    assertThatThrownBy(() -> new StateDict(Map.of("w", packed)).write(file))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.DTYPE))
        .hasMessageContaining("int4")
        .hasMessageContaining(file.toString());
    assertThat(folder).isEmptyDirectory();
  }
}
