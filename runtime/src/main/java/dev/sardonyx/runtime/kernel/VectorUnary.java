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
  private static final int LONGEST = Cancellation.EVERY;

  /** What a twin does in one turn. */
  private static final int TWIN_RUN = 512;

  private VectorUnary() {}

  /** Whether the form in lanes knows this slope. */
  static boolean isCurve(UnaryFunction.Swish swish) {
    return swish.alpha() >= 0.5f && swish.alpha() <= 100;
  }

  /** Whether the form in lanes knows this bend. */
  static boolean isCurve(UnaryFunction.Elu elu) {
    return elu.alpha() >= 0 && elu.beta() > 0;
  }

  static void apply(UnaryFunction function, MemorySegment x, MemorySegment y, long n) {
    for (long at = 0; at < n; at += LONGEST) {
      Cancellation.poll();
      run(function, (int) Math.min(LONGEST, n - at), x, at, y);
    }
  }

  /** While the curve is warmed up, in turns with its twin. */
  static void apply(
      UnaryFunction function,
      TwinCurves.Twin twin,
      WarmUp warmUp,
      MemorySegment x,
      MemorySegment y,
      long n) {
    long at = 0;
    while (at < n) {
      Cancellation.poll();
      long start = System.nanoTime();
      if (warmUp.isVectorsTurn()) {
        int run = (int) Math.min(warmUp.vectors() * Lanes.COUNT, Math.min(LONGEST, n - at));
        run(function, run, x, at, y);
        warmUp.vectorTook(System.nanoTime() - start, run / Lanes.COUNT + 1);
        at += run;
      } else {
        int run = (int) Math.min(TWIN_RUN, n - at);
        TwinCurves.run(twin, run, x, y, at);
        warmUp.twinTook(System.nanoTime() - start);
        at += run;
      }
    }
  }

  private static void run(
      UnaryFunction function, int n, MemorySegment x, long at, MemorySegment y) {
    switch (function) {
      case UnaryFunction.Relu() -> VectorRuns.relu(n, x, at, y, at);
      case UnaryFunction.LeakyRelu(float alpha) -> VectorRuns.leakyRelu(n, x, at, alpha, y, at);
      case UnaryFunction.Clip(float low, float high) -> clip(n, x, at, low, high, y, at);
      case UnaryFunction.Sigmoid() -> VectorCurves.sigmoid(n, x, y, at);
      case UnaryFunction.Tanh() -> VectorCurves.tanh(n, x, y, at);
      case UnaryFunction.Exp() -> VectorCurves.exp(n, x, y, at);
      case UnaryFunction.Log() -> VectorCurves.log(n, x, y, at);
      case UnaryFunction.Erf() -> VectorCurves.erf(n, x, y, at);
      case UnaryFunction.Gelu() -> VectorCurves.gelu(n, x, y, at);
      case UnaryFunction.GeluTanh() -> VectorCurves.geluTanh(n, x, y, at);
      case UnaryFunction.Softplus() -> VectorCurves.softplus(n, x, y, at);
      case UnaryFunction.Mish() -> VectorCurves.mish(n, x, y, at);
      case UnaryFunction.Swish swish when isCurve(swish) ->
          VectorCurves.swish(n, x, y, at, swish.alpha());
      case UnaryFunction.Elu elu when isCurve(elu) -> VectorCurves.elu(n, x, y, at, elu);
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
          UnaryFunction.Elu _,
          UnaryFunction.HardSigmoid _,
          UnaryFunction.HardSwish _,
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
    FloatVector raised = v.blend(lows, v.compare(VectorOperators.LE, lows));
    return raised.blend(highs, raised.compare(VectorOperators.GE, highs));
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
