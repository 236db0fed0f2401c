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
    var tolerance = new Tolerance(0.01, 0.01, true, 0.02, 0);
    return compare(Tensor.of(a, a.length), Tensor.of(b, b.length), tolerance);
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
  void elementsOfLessThanOneAreHeldByTheNormOfAll() {
    float[] right = {1e-8f, -2e-8f, 3e-8f, 1e-8f};
    float[] wrong = {2e-8f, 1e-8f, -1e-8f, 1e-8f};
    float[] near = {1.00001e-8f, -2e-8f, 3.00001e-8f, 1e-8f};
    for (Tolerance tolerance :
        List.of(
            Tolerance.ofModel(DType.FLOAT32, 400),
            Tolerance.ofOperator(Precision.ROUNDED, DType.FLOAT32),
            Tolerance.ofOperator(Precision.TRANSFORMED, DType.FLOAT32))) {
      Comparison found = compare(Tensor.of(wrong, 4), Tensor.of(right, 4), tolerance);
      assertThat(found.outside()).isZero();
      assertThat(found.passes()).isFalse();
      assertThat(found.severity()).isGreaterThan(1);
      assertThat(found.difference().orElseThrow()).startsWith("y is off by 1.32e+00 in its norm");
      assertThat(compare(Tensor.of(near, 4), Tensor.of(right, 4), tolerance).passes()).isTrue();
    }
  }

  @Test
  void theNormOfAModelGrowsWithTheRootOfItsDepth() {
    double one = Tolerance.ofOperator(Precision.ROUNDED, DType.FLOAT32).norm();
    assertThat(Tolerance.ofModel(DType.FLOAT32, 400).norm()).isCloseTo(20 * one, within(1e-15));
    assertThat(Tolerance.ofModel(DType.FLOAT32, 100).norm()).isCloseTo(10 * one, within(1e-15));
    assertThat(Tolerance.ofModel(DType.FLOAT32, 1).norm())
        .as("no less than one operator in transforms may err")
        .isGreaterThanOrEqualTo(Tolerance.ofOperator(Precision.TRANSFORMED, DType.FLOAT32).norm());
    for (DType type : DType.values()) {
      Tolerance deepest = Tolerance.ofModel(type, Integer.MAX_VALUE);
      assertThat(deepest.scaled() && deepest.norm() > Tolerance.MOST_OF_NORM).isFalse();
    }
  }

  @Test
  void whatCancelsIsMeasuredByWhatItWasMadeOf() {
    float[] one = {3e-9f, -1e-9f};
    float[] other = {-2e-9f, 4e-9f};
    Tolerance mean = Tolerance.ofOperator(Precision.ROUNDED, DType.FLOAT32);
    Tensor a = Tensor.of(one, 2);
    Tensor b = Tensor.of(other, 2);
    assertThat(compare(a, b, mean).passes()).isFalse();
    assertThat(compare(a, b, mean.madeOf(1)).passes()).isTrue();
    assertThat(compare(a, b, mean.madeOf(1e-5)).passes()).as("of small numbers").isFalse();
    assertThat(compare(a, Tensor.zeros(2), mean.madeOf(1)).passes()).isTrue();
    assertThat(compare(a, Tensor.zeros(2), mean).severity()).isInfinite();
  }

  @Test
  void theCosineIsThatOfTheAngle() {
    assertThat(compare(new float[] {3, 0}, new float[] {3, 4}).cosine())
        .isCloseTo(0.6, within(1e-12));
    assertThat(compare(new float[] {-3, -4}, new float[] {3, 4}).cosine()).isEqualTo(-1);
    assertThat(compare(new float[] {3, 4}, new float[] {3, 4}).cosine()).isEqualTo(1);
    assertThat(compare(new float[] {6, 8}, new float[] {3, 4}).cosine())
        .as("it decides nothing")
        .isEqualTo(1);
    assertThat(compare(new float[] {6, 8}, new float[] {3, 4}).passes()).isFalse();
    assertThat(compare(new float[] {0, 0}, new float[] {0, 0}).cosine()).isNaN();
    assertThat(compare(new float[] {1, 0}, new float[] {0, 0}).cosine()).isNaN();
    assertThat(compare(new float[] {1, NAN}, new float[] {1, 5}).cosine())
        .as("of what is finite on both sides")
        .isEqualTo(1);
  }

  @Test
  void severityIsHowManyTimesWhatIsAllowedIsUsedUp() {
    var elements = new Tolerance(0.25, 0, false);
    Tensor ones = Tensor.ones(2);
    Tensor off = Tensor.of(new float[] {1, 1.5f}, 2);
    assertThat(compare(ones, ones, elements).severity()).isZero();
    assertThat(compare(off, ones, elements).severity()).isEqualTo(2);
    assertThat(compare(off, ones, new Tolerance(0.5, 0.5, false)).severity()).isEqualTo(0.5);
    var norm = new Tolerance(1, 1, false, 0.125, 0); // 0.5 of a norm of 2 is a quarter
    Tensor four = Tensor.of(new float[] {1, 1, 1, 1.5f}, 4);
    assertThat(compare(four, Tensor.ones(4), norm).severity()).isCloseTo(2, within(1e-12));
    assertThat(compare(off, ones, Tolerance.EXACT).severity()).isInfinite();
    assertThat(compare(new float[] {NAN, 1}, new float[] {1, 1}).severity()).isInfinite();
    assertThat(compare(Tensor.ones(2, 3), Tensor.ones(3, 2), elements).severity()).isInfinite();
  }

  @Test
  void anOverflowOfFloat16IsMisplaced() {
    DenseTensor most = Tensor.of(new float[] {65504, 1}, 2).dense().convert(DType.FLOAT16);
    DenseTensor over = Tensor.of(new float[] {65536, 1}, 2).dense().convert(DType.FLOAT16);
    Comparison found = compare(over, most, Tolerance.ofModel(DType.FLOAT16, 1));
    assertThat(found.misplaced()).isEqualTo(1);
    assertThat(found.passes()).isFalse();
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
