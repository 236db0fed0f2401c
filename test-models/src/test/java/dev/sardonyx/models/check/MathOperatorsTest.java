package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.sardonyx.api.op.ActivationOp.Shrink;
import dev.sardonyx.api.op.ActivationOp.Swish;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitwiseOp.BitShift;
import dev.sardonyx.api.op.BitwiseOp.BitwiseAnd;
import dev.sardonyx.api.op.BitwiseOp.BitwiseNot;
import dev.sardonyx.api.op.BitwiseOp.BitwiseOr;
import dev.sardonyx.api.op.BitwiseOp.BitwiseXor;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.SizeOf;
import dev.sardonyx.api.op.TrigonometricOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Functions of angles, bits and thresholds against ONNX Runtime. */
class MathOperatorsTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private static final List<Op> TRIGONOMETRIC =
      List.of(
          new TrigonometricOp.Acos(),
          new TrigonometricOp.Acosh(),
          new TrigonometricOp.Asin(),
          new TrigonometricOp.Asinh(),
          new TrigonometricOp.Atan(),
          new TrigonometricOp.Atanh(),
          new TrigonometricOp.Cosh(),
          new TrigonometricOp.Sinh(),
          new TrigonometricOp.Tan());

  private static Tensor numbers(DType type, long... values) {
    return Tensor.of(values, values.length).to(type);
  }

  private static DenseTensor ulongs(long... values) {
    return DenseTensor.copy(DType.UINT64, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  private static void assertSameBits(Tensor found, DenseTensor expected) {
    assertThat(found.type()).isEqualTo(expected.type());
    assertThat(found.dense().segment().mismatch(expected.segment())).as("%s", found).isEqualTo(-1);
  }

  private static Tensor apply(Op op, Tensor... inputs) {
    return Operations.apply(op, inputs);
  }

  @Test
  void trigonometricFunctionsTakeWhatIsOutsideTheirDomain() {
    Tensor x =
        Tensor.of(
            new float[] {
              -INF, -40, -3, -1.5f, -1, -0.5f, -1e-4f, -0f, 0, 1e-20f, 0.3f, 1, 1.0001f, 2, 9, 88,
              INF, Float.NaN, 1e10f, 3e38f, -3e38f
            },
            3,
            7);
    for (Op op : TRIGONOMETRIC) {
      agree(op, x);
      agree(op, Tensor.scalar(0.75f));
      agree(op, Tensor.zeros(0, 3));
    }
  }

  /** ONNX Runtime has no float64 kernels for most: inverses undo what they invert. */
  @Test
  void inversesUndoTheirFunctionsInFloat64() {
    Tensor x = Tensor.of(new double[] {-2.5, -1e-9, 0.25, 1e-12, 3}, 5);
    Tensor sinh = apply(new TrigonometricOp.Sinh(), x);
    same(apply(new TrigonometricOp.Asinh(), sinh), x);
    Tensor large = Tensor.of(new double[] {1e-3, 0.5, 40, 700}, 4);
    same(apply(new TrigonometricOp.Acosh(), apply(new TrigonometricOp.Cosh(), large)), large);
    same(apply(new TrigonometricOp.Atanh(), apply(new UnaryOp.Tanh(), x)), x);
    same(apply(new TrigonometricOp.Tan(), apply(new TrigonometricOp.Atan(), x)), x);
  }

  private static void same(Tensor found, Tensor expected) {
    for (long i = 0; i < expected.dense().elements(); i++) {
      double want = expected.dense().doubleAt(i);
      assertThat(found.dense().doubleAt(i))
          .as("%d of %s", i, found)
          .isCloseTo(want, offset(1e-9 * Math.abs(want) + 1e-15));
    }
  }

  @Test
  void shrinkMovesTowardsZeroAndCutsIntegers() {
    Tensor x = Tensor.of(new float[] {-3, -1.5f, -0.5f, 0, 0.5f, 1.5f, INF, -INF, Float.NaN}, 9);
    agree(new Shrink(0.25f, 1.5f), x);
    agree(new Shrink(0f, 0.5f), x);
    for (DType type : List.of(DType.INT8, DType.INT32, DType.INT64, DType.FLOAT64)) {
      agree(new Shrink(1f, 1.5f), numbers(type, -3, -1, 0, 1, 2, 100));
    }
    agree(new Shrink(1f, 1.5f), numbers(DType.UINT8, 0, 1, 2, 100));
  }

  @Test
  void swishIsASigmoidOfAlphaTimesX() {
    Tensor x = Tensor.of(new float[] {-100, -3, -0.5f, 0, 0.5f, 1.5f, 30}, 7);
    Tensor expected =
        Tensor.of(new double[] {-0.0, -0.1422776, -0.18877034, 0, 0.31122967, 1.2263618, 30}, 7);
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
      Tensor found = apply(new Swish(1), x.to(type));
      assertThat(found.dtype()).isEqualTo(type);
      double accuracy = type == DType.BFLOAT16 ? 8e-3 : type == DType.FLOAT16 ? 1e-3 : 1e-6;
      for (int i = 0; i < 7; i++) {
        double want = expected.dense().doubleAt(i);
        assertThat(Math.abs(found.dense().doubleAt(i) - want))
            .isLessThanOrEqualTo(accuracy * Math.max(1, Math.abs(want)));
      }
    }
    same(
        apply(new Swish(2), x.to(DType.FLOAT64)),
        apply(new Swish(1), x.to(DType.FLOAT64).mul(2)).div(2));
  }

  @Test
  void bitsShiftOutAndZerosShiftIn() {
    for (boolean left : new boolean[] {true, false}) {
      agree(
          new BitShift(left),
          2,
          numbers(DType.UINT8, 255, 1, 128, 7),
          numbers(DType.UINT8, 1, 7, 0, 3));
    }
    assertSameBits(
        apply(new BitShift(true), ulongs(-1, 5), ulongs(63, 2)), ulongs(Long.MIN_VALUE, 20));
    assertSameBits(apply(new BitShift(false), ulongs(-1, 5), ulongs(63, 2)), ulongs(1, 1));
    Tensor all = numbers(DType.UINT16, 65535, 65535, 65535);
    Tensor by = numbers(DType.UINT16, 15, 16, 65535);
    assertThat(apply(new BitShift(false), all, by).to(DType.INT64).dense().longs())
        .containsExactly(1, 0, 0);
    assertThat(apply(new BitShift(true), all, by).to(DType.INT64).dense().longs())
        .containsExactly(32768, 0, 0);
  }

  @Test
  void bitwiseOperatorsTakeAllIntegersAndBroadcast() {
    for (DType type : List.of(DType.INT8, DType.INT16, DType.INT32, DType.INT64)) {
      Tensor a = numbers(type, -128, 127, 5, -1, 0, 85).reshape(2, 3);
      Tensor b = numbers(type, 85, -2, 3);
      for (Op op : List.of(new BitwiseAnd(), new BitwiseOr(), new BitwiseXor())) {
        agree(op, 2, a, b);
        agree(op, 2, b, numbers(type, 6));
      }
      agree(new BitwiseNot(), a);
    }
    agree(new BitwiseNot(), numbers(DType.UINT8, 0, 255, 170));
    assertThat(apply(new BitwiseNot(), numbers(DType.UINT32, 0, 5)).to(DType.INT64).dense().longs())
        .containsExactly(0xFFFFFFFFL, 0xFFFFFFFAL);
  }

  @Test
  void unsignedSixtyFourBitsAreNumbersToo() {
    DenseTensor large = ulongs(-1, 0, 7);
    assertThat(apply(new UnaryOp.Sign(), large).to(DType.INT64).dense().longs())
        .containsExactly(1, 0, 1);
    assertSameBits(apply(new UnaryOp.Abs(), large), large);
    Tensor powers = apply(new BinaryOp.Pow(), numbers(DType.INT64, 1, -1, 2), ulongs(-1, -1, 3));
    assertThat(powers.dense().longs()).containsExactly(1, -1, 8);
  }

  @Test
  void integersAreNotDividedByZeroAndWrapAround() {
    Tensor least = numbers(DType.INT32, Integer.MIN_VALUE);
    Tensor minusOne = numbers(DType.INT32, -1);
    assertThat(apply(new BinaryOp.Div(), least, minusOne).dense().ints())
        .containsExactly(Integer.MIN_VALUE);
    assertThat(apply(new BinaryOp.Mod(false), least, minusOne).dense().ints()).containsExactly(0);
    Tensor zero = numbers(DType.INT32, 0);
    assertThatThrownBy(() -> apply(new BinaryOp.Mod(false), least, zero))
        .hasMessageContaining("Mod: integer -2147483648 divided by zero");
    assertThatThrownBy(() -> apply(new BinaryOp.Mod(true), least, zero))
        .hasMessageContaining("Mod: integer");
    assertThatThrownBy(() -> apply(new BinaryOp.Div(), least, zero))
        .hasMessageContaining("Div: integer");
  }

  /** ONNX gives each reduction its value for nothing: the neutral one where there is one. */
  @Test
  void reductionsOfNothingGiveTheirNeutralElements() {
    Tensor none = Tensor.zeros(0, 2);
    Tensor axis = Tensor.of(new long[] {0}, 1);
    float inf = Float.POSITIVE_INFINITY;
    var expected =
        Map.of(
            Reduction.MAX, -inf,
            Reduction.MIN, inf,
            Reduction.SUM, 0f,
            Reduction.PROD, 1f,
            Reduction.L1, 0f,
            Reduction.L2, 0f,
            Reduction.SUM_SQUARE, 0f,
            Reduction.LOG_SUM, -inf,
            Reduction.LOG_SUM_EXP, -inf);
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
      expected.forEach(
          (reduction, value) -> {
            Tensor y = apply(new Reduce(reduction, false), none.to(type), axis).to(DType.FLOAT32);
            assertThat(y.dense().floats())
                .as("%s of %s", reduction, type)
                .containsExactly(value, value);
          });
    }
    assertThat(least(DType.INT8)).isEqualTo(-128);
    assertThat(least(DType.UINT8)).isEqualTo(0);
    assertThat(least(DType.INT32)).isEqualTo(Integer.MIN_VALUE);
    assertThat(least(DType.INT64)).isEqualTo(Long.MIN_VALUE);
    assertThat(least(DType.BOOL)).isEqualTo(0);
    Tensor truth = apply(new Reduce(Reduction.MIN, false), none.to(DType.BOOL), axis);
    assertThat(truth.to(DType.INT64).dense().longs()).containsExactly(1, 1);
  }

  private static long least(DType type) {
    Tensor y = apply(new Reduce(Reduction.MAX, false), Tensor.zeros(0).to(type));
    return y.to(DType.INT64).dense().longs()[0];
  }

  @Test
  void largeUnsignedNumbersAreReducedAsSuch() {
    DenseTensor x = ulongs(-2, 2);
    assertSameBits(apply(new Reduce(Reduction.MAX, false), x), scalar(-2));
    assertSameBits(apply(new Reduce(Reduction.MIN, false), x), scalar(2));
    assertSameBits(apply(new Reduce(Reduction.L1, false), ulongs(-2)), scalar(-2));
    assertSameBits(apply(new Reduce(Reduction.MEAN, false), ulongs(-2)), scalar(-2));
  }

  private static DenseTensor scalar(long value) {
    return DenseTensor.copy(DType.UINT64, Shape.of(), MemorySegment.ofArray(new long[] {value}));
  }

  @Test
  void floatsOfEightBitsMayBeInfiniteOrNoNumber() {
    Tensor x = Tensor.of(new float[] {1, Float.NaN, INF, -INF}, 4);
    Tensor wide = apply(new Cast(DType.FLOAT8E5M2, false, Cast.RoundMode.UP), x);
    assertThat(apply(new PredicateOp.IsNaN(), wide).to(DType.INT64).dense().longs())
        .containsExactly(0, 1, 0, 0);
    assertThat(apply(new PredicateOp.IsInf(true, true), wide).to(DType.INT64).dense().longs())
        .containsExactly(0, 0, 1, 1);
    assertThat(apply(new PredicateOp.IsInf(false, true), wide).to(DType.INT64).dense().longs())
        .containsExactly(0, 0, 1, 0);
  }

  @Test
  void sizesOfTensorsOfAnyType() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);
    for (DType type : List.of(DType.INT4, DType.FLOAT4E2M1, DType.BOOL, DType.FLOAT8E8M0)) {
      Tensor y = apply(new SizeOf(), apply(new Cast(type), x));
      assertThat(y.dense().longs()).containsExactly(3);
    }
    Tensor texts = DenseTensor.ofStrings(List.of("a", "b"), Shape.of(1, 2));
    assertThat(apply(new SizeOf(), texts).dense().longs()).containsExactly(2);
  }

  @Test
  void slopesDoNotStretchWhatTheySlope() {
    for (long[] slope : new long[][] {{3}, {0, 1}, {2, 1, 1}}) {
      assertThatThrownBy(() -> apply(new BinaryOp.PRelu(), Tensor.zeros(1, 1), Tensor.zeros(slope)))
          .hasMessageContaining("must broadcast to X");
    }
  }

  /** In float16 2048 + 1 is 2048 again; numpy.float16(2048 + 1 + 1) is 2050. */
  @Test
  void sumsOfManyAreRoundedOnce() {
    Tensor large = Tensor.scalar(2048f).to(DType.FLOAT16);
    Tensor one = Tensor.scalar(1f).to(DType.FLOAT16);
    assertThat(apply(new VariadicOp.Sum(), large, one, one).dense().doubleAt(0)).isEqualTo(2050);
    assertThat(apply(new VariadicOp.Mean(), large, one, one, large).dense().doubleAt(0))
        .isEqualTo(1024); // 1024.5 lies between 1024 and 1025: the even one
    assertThat(
            apply(new VariadicOp.Sum(), numbers(DType.FLOAT64, 1L << 53), numbers(DType.FLOAT64, 2))
                .dense()
                .doubleAt(0))
        .isEqualTo(0x1p53 + 2);
  }
}
