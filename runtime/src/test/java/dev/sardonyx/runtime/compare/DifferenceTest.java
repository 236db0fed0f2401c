package dev.sardonyx.runtime.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Results are held to ONNX's own tolerances, and to type, shape and structure exactly. */
class DifferenceTest {
  private static final TensorType FLOATS = new TensorType(DType.FLOAT32, Shape.unknown());

  private static Optional<String> between(Data found, Data expected) {
    var onnx = new Tolerance(1e-7, 1e-3, false);
    return Comparison.of("y", found, expected, _ -> onnx).difference();
  }

  private static Tensor floats(float... values) {
    return Tensor.of(values, values.length);
  }

  private static DenseTensor bytes(DType type, int... values) {
    byte[] data = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      data[i] = (byte) values[i];
    }
    return DenseTensor.view(type, Shape.of(values.length), MemorySegment.ofArray(data));
  }

  private static SequenceData sequence(Data... values) {
    return new SequenceData(FLOATS, List.of(values));
  }

  @Test
  void numbersMayBeOffByAThousandth() {
    assertThat(between(floats(1.0009f, -2000), floats(1, -2001))).isEmpty();
    assertThat(between(floats(1.0011f), floats(1)).orElseThrow()).contains("y[0]", "1 of 1");
    assertThat(between(floats(2e-7f), floats(0))).isPresent();
    assertThat(between(floats(-0.0f), floats(0))).isEmpty();
  }

  @Test
  void nanAndInfinitiesMustStandInTheirPlaces() {
    float nan = Float.NaN;
    float infinity = Float.POSITIVE_INFINITY;
    float otherNan = Float.intBitsToFloat(0x7FC00001);
    assertThat(between(floats(otherNan, infinity), floats(nan, infinity))).isEmpty();
    assertThat(between(floats(1), floats(nan))).isPresent();
    assertThat(between(floats(nan), floats(1))).isPresent();
    assertThat(between(floats(Float.MAX_VALUE), floats(infinity))).isPresent();
    assertThat(between(floats(-infinity), floats(infinity))).isPresent();
    assertThat(between(floats(infinity), floats(1))).isPresent();
  }

  @Test
  void typesAndShapesMustBeTheSame() {
    assertThat(between(floats(1), Tensor.scalar(1f)).orElseThrow())
        .isEqualTo("y is float32[1], expected float32[]");
    assertThat(between(Tensor.of(new long[] {1}, 1), Tensor.of(new int[] {1}, 1))).isPresent();
    assertThat(between(floats(1), sequence(floats(1)))).isPresent();
  }

  @Test
  void stringsAndBoolsAreExact() {
    DenseTensor strings = DenseTensor.ofStrings(List.of("a", "b"), Shape.of(2));
    DenseTensor others = DenseTensor.ofStrings(List.of("a", "c"), Shape.of(2));
    assertThat(between(strings, strings)).isEmpty();
    assertThat(between(strings, others).orElseThrow())
        .contains("y[1] is 'b', expected 'c'; 1 of 2 elements differ");
    assertThat(between(bytes(DType.BOOL, 1), bytes(DType.BOOL, 0))).isPresent();
  }

  @Test
  void smallAndComplexNumbersAreComparedAsNumbers() {
    assertThat(between(bytes(DType.FLOAT8E4M3FN, 0x80), bytes(DType.FLOAT8E4M3FN, 0))).isEmpty();
    assertThat(between(bytes(DType.FLOAT8E4M3FN, 1), bytes(DType.FLOAT8E4M3FN, 0))).isPresent();
    var one = MemorySegment.ofArray(new float[] {1, 0});
    var near = MemorySegment.ofArray(new float[] {1.0001f, 0});
    var off = MemorySegment.ofArray(new float[] {1, 1});
    DenseTensor complex = DenseTensor.view(DType.COMPLEX64, Shape.of(1), one);
    assertThat(between(DenseTensor.view(DType.COMPLEX64, Shape.of(1), near), complex)).isEmpty();
    assertThat(between(DenseTensor.view(DType.COMPLEX64, Shape.of(1), off), complex)).isPresent();
  }

  @Test
  void sequencesAndOptionalsAreComparedWithin() {
    assertThat(between(sequence(floats(1)), sequence(floats(1)))).isEmpty();
    assertThat(between(sequence(floats(1)), sequence(floats(2))).orElseThrow()).contains("y[0][0]");
    assertThat(between(sequence(), sequence(floats(2))).orElseThrow()).contains("length of y");
    var absent = new OptionalData(FLOATS, Optional.empty());
    var there = new OptionalData(FLOATS, Optional.of(floats(1)));
    assertThat(between(absent, absent)).isEmpty();
    assertThat(between(there, absent)).isPresent();
    assertThat(between(there, there)).isEmpty();
  }

  @Test
  void mapsAreEqualInAnyOrder() {
    var ab = new MapData(keys("a", "b"), sequence(floats(1), floats(2)));
    var ba = new MapData(keys("b", "a"), sequence(floats(2), floats(1)));
    var ac = new MapData(keys("a", "c"), sequence(floats(1), floats(2)));
    var other = new MapData(keys("a", "b"), sequence(floats(1), floats(3)));
    assertThat(between(ab, ba)).isEmpty();
    assertThat(between(ab, ac).orElseThrow()).contains("keys of y");
    assertThat(between(ab, other).orElseThrow()).contains("y[b][0]");
  }

  @Test
  void mapsAreToldApartByEveryBitOfTheirKeys() {
    var even = new MapData(Tensor.of(new long[] {1L << 53}, 1).dense(), sequence(floats(1)));
    var odd = new MapData(Tensor.of(new long[] {(1L << 53) + 1}, 1).dense(), sequence(floats(1)));
    assertThat(between(even, odd).orElseThrow()).contains("9007199254740992", "9007199254740993");
    assertThat(between(even, even)).isEmpty();
    var twice = new MapData(keys("a", "a"), sequence(floats(1), floats(1)));
    var once = new MapData(keys("a"), sequence(floats(1)));
    assertThat(between(twice, once)).isPresent();
  }

  @Test
  void emptyValuesHaveATypeAllTheSame() {
    var strings = new TensorType(DType.STRING, Shape.unknown());
    var words = new SequenceData(strings, List.of());
    assertThat(between(words, sequence()).orElseThrow())
        .isEqualTo("y is sequence(string[...]), expected sequence(float32[...])");
    assertThat(
            between(
                new OptionalData(strings, Optional.empty()),
                new OptionalData(FLOATS, Optional.empty())))
        .isPresent();
    assertThat(between(new MapData(keys(), words), new MapData(keys(), sequence()))).isPresent();
    var pairs = new SequenceData(TensorType.of(DType.FLOAT32, 2), List.of());
    assertThat(between(pairs, sequence())).isEmpty();
  }

  private static DenseTensor keys(String... keys) {
    return DenseTensor.ofStrings(List.of(keys), Shape.of(keys.length));
  }
}
