package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private static Comparison compare(float[] a, float[] b) {
    return Comparison.of(Tensor.of(a, a.length), Tensor.of(b, b.length), new Tolerance(0.01, 0.01));
  }

  @Test
  void measuresWhatTheNamesSay() {
    Comparison found = compare(new float[] {3, 4.5f}, new float[] {3, 4});
    assertThat(found.maxAbsolute()).isEqualTo(0.5);
    assertThat(found.maxRelative()).isEqualTo(0.125);
    assertThat(found.relativeL2()).isCloseTo(0.1, within(1e-12)); // 0.5 / sqrt(9 + 16)
    assertThat(found.ulp()).isEqualTo(0.5 / Math.ulp(4f));
    assertThat(found.outside()).isEqualTo(1);
    assertThat(found.worst()).isEqualTo(1);
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
        Comparison.of(Tensor.ones(2, 3), Tensor.ones(3, 2), new Tolerance(1000, 1000));
    assertThat(found.passes()).isFalse();
  }

  @Test
  void exactMeansToTheBit() {
    float next = Math.nextUp(1f);
    var a = Tensor.of(new float[] {next}, 1);
    assertThat(Comparison.of(a, Tensor.ones(1), Tolerance.EXACT).passes()).isFalse();
    assertThat(Comparison.of(a, a, Tolerance.EXACT).passes()).isTrue();
  }

  @Test
  void emptyTensorsAgree() {
    assertThat(Comparison.of(Tensor.zeros(0, 3), Tensor.zeros(0, 3), Tolerance.EXACT).passes())
        .isTrue();
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
    assertThat(Comparison.of(a, Tensor.scalar(1L << 53), Tolerance.EXACT).outside()).isEqualTo(1);
    Comparison far =
        Comparison.of(
            Tensor.scalar(Long.MIN_VALUE), Tensor.scalar(Long.MAX_VALUE), Tolerance.EXACT);
    assertThat(far.maxAbsolute()).isEqualTo(0x1p64);
  }

  @Test
  void anOutlierHidesNoFaultOfAnOperatorThatRoundsInOneWay() {
    float[] masked = {-1e9f, 1, 1, 1};
    float[] faulty = {-1e9f, -5, 1, 1};
    var tolerance = Tolerance.ofOperator(new BinaryOp.Add().precision(), DType.FLOAT32);
    assertThat(Comparison.of(Tensor.of(faulty, 4), Tensor.of(masked, 4), tolerance).passes())
        .isFalse();
  }
}
