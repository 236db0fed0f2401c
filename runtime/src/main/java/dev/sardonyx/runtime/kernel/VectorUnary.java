package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of one float over a contiguous run; see {@link VectorRuns} for why each has its loop.
 */
final class VectorUnary {

  /**
   * Runs are cut so that loops count in int, which C2 likes best, and so that they can be ended.
   */
  private static final int LONGEST = 1 << 18;

  private VectorUnary() {}

  static void apply(UnaryFunction function, MemorySegment x, MemorySegment y, long n) {
    for (long at = 0; at < n; at += LONGEST) {
      Cancellation.poll();
      run(function, (int) Math.min(LONGEST, n - at), x, at, y);
    }
  }

  private static void run(
      UnaryFunction function, int n, MemorySegment x, long at, MemorySegment y) {
    switch (function) {
      case UnaryFunction.Relu() -> VectorRuns.relu(n, x, at, y, at);
      case UnaryFunction.LeakyRelu(float alpha) -> VectorRuns.leakyRelu(n, x, at, alpha, y, at);
      case UnaryFunction.Clip(float low, float high) -> clip(n, x, at, low, high, y, at);
      case UnaryFunction.Sigmoid() -> sigmoid(n, x, at, y, at);
      case UnaryFunction.Tanh() -> tanh(n, x, at, y, at);
      case UnaryFunction.Exp() -> exp(n, x, at, y, at);
      case UnaryFunction.Log() -> log(n, x, at, y, at);
      case UnaryFunction.Sqrt() -> sqrt(n, x, at, y, at);
      case UnaryFunction.Neg() -> negate(n, x, at, y, at);
      case UnaryFunction.Abs() -> absolute(n, x, at, y, at);
      case UnaryFunction.Sign _,
          UnaryFunction.Ceil _,
          UnaryFunction.Floor _,
          UnaryFunction.Round _,
          UnaryFunction.Reciprocal _,
          UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.Erf _,
          UnaryFunction.Gelu _,
          UnaryFunction.GeluTanh _,
          UnaryFunction.Elu _,
          UnaryFunction.HardSigmoid _,
          UnaryFunction.HardSwish _,
          UnaryFunction.Mish _,
          UnaryFunction.Softplus _,
          UnaryFunction.Softsign _,
          UnaryFunction.ThresholdedRelu _,
          UnaryFunction.Shrink _,
          UnaryFunction.Swish _,
          UnaryFunction.Trigonometric _ ->
          ScalarUnary.apply(function, x, at, y, n);
    }
  }

  /** Blends, since float min and max are slow; NaN stays. */
  private static void clip(
      int n, MemorySegment x, long xOffset, float low, float high, MemorySegment y, long yOffset) {
    FloatVector lows = Lanes.all(low);
    FloatVector highs = Lanes.all(high);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(clip(v, lows, highs), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(clip(v, lows, highs), y, yOffset + i, rest);
    }
  }

  private static FloatVector clip(FloatVector v, FloatVector lows, FloatVector highs) {
    FloatVector raised = v.blend(lows, v.compare(VectorOperators.LT, lows));
    return raised.blend(highs, raised.compare(VectorOperators.GT, highs));
  }

  /** 1 / (1 + exp(-x)): exp overflows to infinity far below 0, which gives 0. */
  private static void sigmoid(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    FloatVector one = Lanes.all(1);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(one.div(v.neg().lanewise(VectorOperators.EXP).add(one)), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(one.div(v.neg().lanewise(VectorOperators.EXP).add(one)), y, yOffset + i, rest);
    }
  }

  /** Not through exp, which loses relative accuracy near 0. */
  private static void tanh(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(v.lanewise(VectorOperators.TANH), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(v.lanewise(VectorOperators.TANH), y, yOffset + i, rest);
    }
  }

  /** e to the x. */
  private static void exp(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(v.lanewise(VectorOperators.EXP), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(v.lanewise(VectorOperators.EXP), y, yOffset + i, rest);
    }
  }

  /** Natural logarithm. */
  private static void log(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(v.lanewise(VectorOperators.LOG), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(v.lanewise(VectorOperators.LOG), y, yOffset + i, rest);
    }
  }

  /** Square root. */
  private static void sqrt(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(v.sqrt(), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(v.sqrt(), y, yOffset + i, rest);
    }
  }

  /** -x. */
  private static void negate(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(v.neg(), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(v.neg(), y, yOffset + i, rest);
    }
  }

  /** |x|. */
  private static void absolute(
      int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xOffset + i);
      Lanes.store(v.abs(), y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, xOffset + i, rest);
      Lanes.store(v.abs(), y, yOffset + i, rest);
    }
  }
}
