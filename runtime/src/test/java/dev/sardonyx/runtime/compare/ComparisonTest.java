package dev.sardonyx.runtime.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private static Comparison compare(float[] a, float[] b) {
    return compare(Tensor.of(a, a.length), Tensor.of(b, b.length), new Tolerance(0.01, 0.01, true));
  }

  private static Comparison compare(Tensor a, Tensor b, Tolerance tolerance) {
    return Comparison.of("y", a, b, _ -> tolerance);
  }

  @Test
  void measuresWhatTheNamesSay() {
    Comparison found = compare(new float[] {3, 4.5f}, new float[] {3, 4});
    assertThat(found.maxAbsolute()).isEqualTo(0.5);
    assertThat(found.maxRelative()).isEqualTo(0.125);
    assertThat(found.relativeL2()).isCloseTo(0.1, within(1e-12)); // 0.5 / sqrt(9 + 16)
    assertThat(found.ulp()).isEqualTo(0.5 / Math.ulp(4f));
    assertThat(found.outside()).isEqualTo(1);
    assertThat(found.difference().orElseThrow()).startsWith("y[1] is 4.5, expected 4.0; 1 of 2");
    assertThat(found.passes()).isFalse();
  }

  @Test
  void toleranceScalesWithTheReference() {
    assertThat(compare(new float[] {1e-6f, 2e-6f}, new float[] {1e-6f, 3e-6f}).passes()).isFalse();
    assertThat(compare(new float[] {1e6f, 2e6f}, new float[] {1e6f, 2.001e6f}).passes()).isTrue();
  }

  @Test
  void notANumberAndInfinitiesMustStandInTheSamePlaces() {
    assertThat(compare(new float[] {NAN, INF, 1}, new float[] {NAN, INF, 1}).passes()).isTrue();
    assertThat(compare(new float[] {NAN, 1}, new float[] {1, 1}).misplaced()).isEqualTo(1);
    assertThat(compare(new float[] {1, 1}, new float[] {1, INF}).passes()).isFalse();
    assertThat(compare(new float[] {-INF}, new float[] {INF}).passes()).isFalse();
  }

  @Test
  void differentTypesNeverPass() {
    Comparison found =
        compare(Tensor.ones(2, 3), Tensor.ones(3, 2), new Tolerance(1000, 1000, true));
    assertThat(found.passes()).isFalse();
  }

  @Test
  void exactMeansToTheBit() {
    float next = Math.nextUp(1f);
    var a = Tensor.of(new float[] {next}, 1);
    assertThat(compare(a, Tensor.ones(1), Tolerance.EXACT).passes()).isFalse();
    assertThat(compare(a, a, Tolerance.EXACT).passes()).isTrue();
  }

  @Test
  void emptyTensorsAgree() {
    assertThat(compare(Tensor.zeros(0, 3), Tensor.zeros(0, 3), Tolerance.EXACT).passes()).isTrue();
  }

  @Test
  void operatorsThatRoundNothingHaveNoTolerance() {
    assertThat(Tolerance.ofOperator(Precision.EXACT, DType.FLOAT32)).isEqualTo(Tolerance.EXACT);
    assertThat(Tolerance.ofOperator(Precision.ROUNDED, DType.INT64)).isEqualTo(Tolerance.EXACT);
    assertThat(Tolerance.ofOperator(Precision.ROUNDED, DType.FLOAT64).relative())
        .isLessThan(Tolerance.ofOperator(Precision.ROUNDED, DType.FLOAT32).relative());
  }

  @Test
  void integersBeyondThePrecisionOfDoublesDiffer() {
    Tensor a = Tensor.scalar((1L << 53) + 1);
    assertThat(compare(a, Tensor.scalar(1L << 53), Tolerance.EXACT).outside()).isEqualTo(1);
    Comparison far =
        compare(Tensor.scalar(Long.MIN_VALUE), Tensor.scalar(Long.MAX_VALUE), Tolerance.EXACT);
    assertThat(far.maxAbsolute()).isEqualTo(0x1p64);
  }

  @Test
  void unsignedIntegersAreComparedToTheLastBit() {
    long[] most = {-1};
    long[] next = {-2};
    assertThat(compare(unsigned(most), unsigned(next), Tolerance.EXACT).difference().orElseThrow())
        .isEqualTo(
            "y[0] is 18446744073709551615, expected 18446744073709551614; 1 of 1 elements differ");
  }

  private static Tensor unsigned(long[] bits) {
    return DenseTensor.view(DType.UINT64, Shape.of(bits.length), MemorySegment.ofArray(bits));
  }

  @Test
  void theLargestDoublesHideNothing() {
    var found = Tensor.of(new double[] {1e300, 5e299}, 2);
    var expected = Tensor.of(new double[] {1e300, -5e299}, 2);
    Comparison far = Comparison.of("y", found, expected, Tolerance::ofModel);
    assertThat(far.outside()).isEqualTo(1);
    assertThat(far.relativeL2()).isCloseTo(1 / Math.sqrt(1.25), within(1e-12));
  }

  @Test
  void zerosPassForNoTypeHoweverSmall() {
    for (DType type : DType.values()) {
      if (type.isFloat() && type != DType.FLOAT8E8M0) { // which has no zero
        Tensor zeros = Tensor.zeros(4).dense().convert(type);
        Tensor numbers = Tensor.of(new float[] {1, -1, 2, -2}, 4).dense().convert(type);
        assertThat(compare(zeros, numbers, Tolerance.ofModel(type)).passes())
            .as("%s", type)
            .isFalse();
      }
    }
  }

  @Test
  void distancesOfASequenceAreThoseOfItsFarthestTensor() {
    var type = new TensorType(DType.FLOAT32, Shape.unknown());
    var a = new SequenceData(type, List.of(Tensor.ones(2), Tensor.of(new float[] {5, 4}, 2)));
    var b = new SequenceData(type, List.of(Tensor.ones(2), Tensor.of(new float[] {3, 4}, 2)));
    Comparison found = Comparison.of("y", a, b, Tolerance::ofModel);
    assertThat(found.maxAbsolute()).isEqualTo(2);
    assertThat(found.relativeL2()).isCloseTo(0.4, within(1e-12)); // 2 / sqrt(9 + 16)
    assertThat(found.difference().orElseThrow()).startsWith("y[1][0] is 5.0, expected 3.0");
  }

  @Test
  void anOutlierHidesNoFaultOfAnOperatorThatRoundsInOneWay() {
    float[] masked = {-1e9f, 1, 1, 1};
    float[] faulty = {-1e9f, -5, 1, 1};
    var tolerance = Tolerance.ofOperator(new BinaryOp.Add().precision(), DType.FLOAT32);
    assertThat(compare(Tensor.of(faulty, 4), Tensor.of(masked, 4), tolerance).passes()).isFalse();
  }
}
