package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  /** A file as NumPy 1.24 writes it, put together by hand. */
  private static byte[] file(String header, ByteBuffer data) {
    var out = new ByteArrayOutputStream();
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.writeBytes(new byte[] {(byte) text.length, (byte) (text.length >> 8)});
    out.writeBytes(text);
    out.writeBytes(data.array());
    return out.toByteArray();
  }

  private static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
        .formatted(descr, fortran ? "True" : "False", shape);
  }

  private static ByteBuffer floats(ByteOrder order, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(order);
    for (float value : values) {
      data.putFloat(value);
    }
    return data;
  }

  @Test
  void readsRowMajorOrder() {
    Tensor found =
        Npy.parse(
            file(
                header("<f4", false, "(2, 3)"), floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6)));
    assertThat(found.type().toString()).isEqualTo("float32[2, 3]");
    assertThat(found.floats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsColumnMajorAndBigEndian() {
    Tensor found =
        Npy.parse(
            file(header(">f4", true, "(2, 3)"), floats(ByteOrder.BIG_ENDIAN, 1, 4, 2, 5, 3, 6)));
    assertThat(found.floats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsScalarsVectorsAndEmptyArrays() {
    var one = floats(ByteOrder.LITTLE_ENDIAN, 7);
    assertThat(Npy.parse(file(header("<f4", false, "()"), one)).rank()).isZero();
    assertThat(Npy.parse(file(header("<f4", false, "(1,)"), one)).shape()).isEqualTo(Shape.of(1));
    assertThat(Npy.parse(file(header("<f4", false, "( 1 , )"), one)).shape())
        .isEqualTo(Shape.of(1));
    var nothing = floats(ByteOrder.LITTLE_ENDIAN);
    assertThat(Npy.parse(file(header("<f4", false, "(0, 3)"), nothing)).shape())
        .isEqualTo(Shape.of(0, 3));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {
        "FLOAT32", "FLOAT64", "FLOAT16", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16",
        "UINT32", "UINT64", "BOOL"
      })
  void whatIsWrittenIsReadBack(DType dtype) {
    Shape shape = Shape.of(2, 3, 4);
    var data = DenseTensor.allocate(dtype, shape);
    byte[] bytes = new byte[(int) data.byteSize()];
    new Random(1).nextBytes(bytes);
    Tensor tensor = DenseTensor.view(dtype, shape, data.copyFrom(MemorySegment.ofArray(bytes)));
    Path file = folder.resolve("x.npy");
    Npy.write(file, tensor);
    Tensor found = Npy.read(file);
    assertThat(found.type()).isEqualTo(tensor.type());
    assertThat(found.dense().segment().mismatch(tensor.dense().segment())).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 999999999999), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1,), }",
        "{'descr': '<f4', 'fortran_order': False, }",
        "{'descr': '<f4', 'fortran_order': None, 'shape': (1,), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<q9', 'fortran_order': False, 'shape': (1,), }",
        "__import__('os').system('true')",
        "{'descr': '<f4",
        ""
      })
  void refusesHeadersThatAreNotPlainArrays(String header) {
    byte[] bytes = file(header, floats(ByteOrder.LITTLE_ENDIAN, 1));
    assertThatThrownBy(() -> Npy.parse(bytes)).isInstanceOf(SardonyxException.class);
  }

  @Test
  void brokenBytesCostAMessageAndNothingElse() {
    byte[] sound =
        file(header("<f4", false, "(2, 2)"), floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4));
    var random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      byte[] broken = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        Npy.parse(broken);
      } catch (SardonyxException expected) {
        assertThat(expected.reason()).isNotBlank();
      }
    }
  }

  @Test
  void errorsNameTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x.npy"), "no array");
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.FORMAT);
              assertThat(error.file()).contains(file.toString());
            });
    assertThatThrownBy(() -> Npy.read(folder)).hasMessageContaining("folder");
  }
}
