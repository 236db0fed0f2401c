package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Elementwise operators on both engines, for the element types that ONNX Runtime has kernels of.
 */
class ElementwiseOperatorsTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private static Tensor floats() {
    return Tensor.of(
        new float[] {
          -7.5f, -3, -2.5f, -1.5f, -1, -0.5f, -0.1f, -0f, 0, 1e-3f, 0.5f, 1, 1.5f, 2.5f, 6, 40, INF,
          -INF, Float.NaN, -40, 3.3f
        },
        3,
        7);
  }

  private static Tensor positive() {
    return Tensor.of(new float[] {0.25f, 0.5f, 1, 1.5f, 2, 3, 7}, 7);
  }

  private static Tensor doubles() {
    return Tensor.of(new double[] {-2.5, -1, -0.1, 0, 1e-9, 0.5, 1.5, 3}, 2, 4);
  }

  private static Tensor bools(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return dense(DType.BOOL, values.length, MemorySegment.ofArray(bytes));
  }

  private static Tensor dense(DType type, long size, MemorySegment data) {
    return DenseTensor.copy(type, Shape.of(size), data);
  }

  static Stream<Op> functions() {
    return Stream.of(
        new UnaryOp.Abs(),
        new UnaryOp.Ceil(),
        new UnaryOp.Cos(),
        new UnaryOp.Erf(),
        new UnaryOp.Exp(),
        new UnaryOp.Floor(),
        new UnaryOp.Log(),
        new UnaryOp.Neg(),
        new UnaryOp.Reciprocal(),
        new UnaryOp.Relu(),
        new UnaryOp.Round(),
        new UnaryOp.Sigmoid(),
        new UnaryOp.Sign(),
        new UnaryOp.Sin(),
        new UnaryOp.Sqrt(),
        new UnaryOp.Tanh(),
        new ActivationOp.Celu(2),
        new ActivationOp.Elu(0.5f),
        new ActivationOp.Gelu("none"),
        new ActivationOp.Gelu("tanh"),
        new ActivationOp.HardSigmoid(0.1f, 0.4f),
        new ActivationOp.HardSwish(),
        new ActivationOp.LeakyRelu(0.2f),
        new ActivationOp.Mish(),
        new ActivationOp.Selu(),
        new ActivationOp.Softplus(),
        new ActivationOp.Softsign(),
        new ActivationOp.ThresholdedRelu(0.5f),
        new PredicateOp.IsNaN(),
        new PredicateOp.IsInf(true, true),
        new PredicateOp.IsInf(false, true));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsOfFloats(Op op) {
    agree(op, floats());
    agree(op, Tensor.scalar(0.75f));
  }

  /** ONNX Runtime has no float64 kernels for the others. */
  static Stream<Op> functionsOfDoubles() {
    return functions()
        .filter(op -> !(op instanceof ActivationOp) && !(op instanceof UnaryOp.Erf))
        .filter(op -> !(op instanceof PredicateOp.IsInf));
  }

  @ParameterizedTest
  @MethodSource("functionsOfDoubles")
  void functionsOfDoubles(Op op) {
    agree(op, doubles());
  }

  @Test
  void functionsOfIntegers() {
    Tensor longs = Tensor.of(new long[] {-3, 0, Long.MAX_VALUE, Long.MIN_VALUE}, 4);
    for (Op op : List.of(new UnaryOp.Abs(), new UnaryOp.Sign(), new UnaryOp.Neg())) {
      agree(op, longs);
      agree(op, dense(DType.INT8, 3, MemorySegment.ofArray(new byte[] {-128, 5, -1})));
    }
  }

  @Test
  void functionsOfTwo() {
    for (Op op : List.of(new BinaryOp.Pow(), new BinaryOp.Mod(true))) {
      agree(op, 2, floats(), positive());
      agree(op, 2, positive(), Tensor.scalar(2f));
      agree(op, 2, Tensor.scalar(2f), floats());
    }
    Tensor a = Tensor.of(new long[] {-7, 7, -6, 5}, 4);
    Tensor b = Tensor.of(new long[] {3, -3, 4, 5}, 4);
    agree(new BinaryOp.Mod(false), 2, a, b);
    agree(new BinaryOp.Mod(true), 2, a, b);
  }

  @Test
  void powersOfTwoTypes() {
    Tensor longs = Tensor.of(new long[] {-3, 0, 2, 3, 1, 4, 5}, 7);
    agree(new BinaryOp.Pow(), 2, positive(), longs);
    agree(new BinaryOp.Pow(), 2, longs, Tensor.of(new long[] {2, 3, 10, 0, 5, 1, 4}, 7));
    agree(new BinaryOp.Pow(), 2, Tensor.of(new double[] {1.5, 2}, 2), Tensor.scalar(3L));
  }

  @Test
  void functionsOfMany() {
    Tensor longs = Tensor.of(new long[] {-3, 5}, 2, 1);
    for (Op op : List.of(new VariadicOp.Max(), new VariadicOp.Min())) {
      agree(op, 2, floats(), positive());
      agree(op, 2, longs, Tensor.of(new long[] {4, 0, -9}, 3));
    }
    Op[] all = {
      new VariadicOp.Max(), new VariadicOp.Min(), new VariadicOp.Sum(), new VariadicOp.Mean()
    };
    for (Op op : all) {
      agree(op, 1, positive());
      agree(op, 3, Tensor.scalar(0.5f), positive(), floats());
      agree(op, 3, positive(), positive(), Tensor.scalar(1f));
    }
  }

  @Test
  void comparisons() {
    Op[] all = {
      new PredicateOp.Equal(),
      new PredicateOp.Less(),
      new PredicateOp.LessOrEqual(),
      new PredicateOp.Greater(),
      new PredicateOp.GreaterOrEqual()
    };
    Tensor longs = Tensor.of(new long[] {-1, 0, (1L << 53) + 1, 1L << 53}, 4);
    for (Op op : all) {
      agree(op, 2, floats(), floats());
      agree(op, 2, floats(), positive());
      agree(op, 2, floats(), Tensor.scalar(0f));
      agree(op, 2, longs, Tensor.scalar(1L << 53));
      agree(op, 2, doubles(), Tensor.scalar(0L).to(DType.FLOAT64));
    }
    agree(new PredicateOp.Equal(), 2, bools(1, 0, 1), bools(1, 1, 0));
  }

  @Test
  void logic() {
    for (Op op : List.of(new PredicateOp.And(), new PredicateOp.Or(), new PredicateOp.Xor())) {
      agree(op, 2, bools(1, 0, 1, 0), bools(1, 1, 0, 0));
      agree(op, 2, bools(1, 0, 1, 0), bools(1));
    }
    agree(new PredicateOp.Not(), bools(1, 0));
  }

  @Test
  void whereBroadcastsAllThree() {
    Tensor condition = bools(1, 0, 0, 1, 1, 0, 1);
    agree(new Where(), 3, condition, floats(), positive());
    agree(new Where(), 3, condition, Tensor.scalar(5f), floats());
    agree(new Where(), 3, bools(1), positive(), Tensor.scalar(5f));
    Tensor longs = Tensor.of(new long[] {1, 2}, 2, 1);
    agree(new Where(), 3, condition, longs, Tensor.scalar(9L));
  }

  @Test
  void clipTakesEachBoundOrNone() {
    agree(new Clip(), floats(), Tensor.scalar(-1f), Tensor.scalar(2f));
    agree(new Clip(), floats(), Tensor.scalar(2f), Tensor.scalar(-1f));
    // Not of floats(): for ONNX Runtime an absent bound is the largest number, not infinity.
    agree(new Clip(), positive(), Tensor.scalar(1f));
    agree(new Clip(), positive(), null, Tensor.scalar(2f));
    agree(new Clip(), positive());
    agree(new Clip(), 3, floats(), Tensor.scalar(-1f), Tensor.scalar(2f));
    Tensor longs = Tensor.of(new long[] {-5, 0, 9}, 3);
    agree(new Clip(), longs, Tensor.scalar(-2L), Tensor.scalar(3L));
  }

  @Test
  void castsBetweenAllTypes() {
    Tensor halves = Tensor.of(new float[] {-2.5f, -1, 0, 0.5f, 1.9f, 100.7f}, 6);
    DType[] types = {
      DType.FLOAT32,
      DType.FLOAT64,
      DType.FLOAT16,
      DType.BFLOAT16,
      DType.BOOL,
      DType.INT8,
      DType.INT16,
      DType.INT32,
      DType.INT64
    };
    for (DType from : types) {
      for (DType to : types) {
        agree(new Cast(to), halves.to(from));
      }
    }
    Tensor whole = Tensor.of(new float[] {0, 1, 200}, 3);
    agree(new Cast(DType.UINT8), whole);
    agree(new Cast(DType.FLOAT32), whole.to(DType.UINT8));
    agree(new Cast(DType.INT8), Tensor.of(new long[] {300, -129, 128}, 3));
    agree(new Cast(DType.FLOAT32), Tensor.of(new long[] {(1L << 53) + 1, Long.MAX_VALUE}, 2));
  }

  @Test
  void castsToHalvesRoundToTheNearestEven() {
    Tensor x = Tensor.of(new float[] {1.00048828125f, 1.001f, 65519, 65520, 1e-8f, 1.00390625f}, 6);
    agree(new Cast(DType.FLOAT16), x);
    agree(new Cast(DType.BFLOAT16), x);
  }

  @Test
  void powersOfOneAreOne() {
    float[] values = {1, -1, 0, -0f, 2, INF, -INF, Float.NaN};
    Tensor bases = Tensor.of(values, 8, 1);
    agree(new BinaryOp.Pow(), 2, bases, Tensor.of(values, 1, 8));
    agree(new BinaryOp.Pow(), 2, bases.to(DType.FLOAT64), Tensor.of(values, 1, 8));
  }

  @Test
  void constantsThatAreNoSizesWrapAround() {
    Tensor large = Tensor.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62}, 3);
    agree(new BinaryOp.Add(), 0, large, large);
    agree(new BinaryOp.Sub(), 0, Tensor.of(new long[] {-2, 1, 3}, 3), large);
    agree(new BinaryOp.Mul(), 0, large, large);
  }
}
