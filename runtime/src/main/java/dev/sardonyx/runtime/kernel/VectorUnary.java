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

  static void apply(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    for (long at = 0; at < n; at += LONGEST) {
      Cancellation.poll();
      run(function, (int) Math.min(LONGEST, n - at), x, xOffset + at, y, yOffset + at);
    }
  }

  /** While the curve is warmed up, in turns with its twin. */
  static void apply(
      UnaryFunction function,
      TwinCurves.Twin twin,
      WarmUp warmUp,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    long at = 0;
    while (at < n) {
      Cancellation.poll();
      long start = System.nanoTime();
      if (warmUp.isVectorsTurn(start)) {
        int run = (int) Math.min(warmUp.vectors() * Lanes.COUNT, Math.min(LONGEST, n - at));
        run(function, run, x, xOffset + at, y, yOffset + at);
        warmUp.vectorTook(System.nanoTime() - start, run / Lanes.COUNT + 1);
        at += run;
      } else {
        int run = (int) Math.min(TWIN_RUN, n - at);
        TwinCurves.run(twin, run, x, xOffset + at, y, yOffset + at);
        warmUp.twinTook(System.nanoTime() - start);
        at += run;
      }
    }
  }

  /** Whether there is a form in lanes; others take the plain loop. */
  static boolean has(UnaryFunction function) {
    return switch (function) {
      case UnaryFunction.Swish swish -> isCurve(swish);
      case UnaryFunction.Elu elu -> isCurve(elu);
      case UnaryFunction.Relu _,
          UnaryFunction.LeakyRelu _,
          UnaryFunction.Clip _,
          UnaryFunction.Sigmoid _,
          UnaryFunction.Tanh _,
          UnaryFunction.Exp _,
          UnaryFunction.Log _,
          UnaryFunction.Erf _,
          UnaryFunction.Gelu _,
          UnaryFunction.GeluTanh _,
          UnaryFunction.Softplus _,
          UnaryFunction.Mish _,
          UnaryFunction.Sqrt _,
          UnaryFunction.Neg _,
          UnaryFunction.Abs _ ->
          true;
      case UnaryFunction.Sign _,
          UnaryFunction.Ceil _,
          UnaryFunction.Floor _,
          UnaryFunction.Round _,
          UnaryFunction.Reciprocal _,
          UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.HardSigmoid _,
          UnaryFunction.HardSwish _,
          UnaryFunction.Softsign _,
          UnaryFunction.ThresholdedRelu _,
          UnaryFunction.Shrink _,
          UnaryFunction.Trigonometric _ ->
          false;
    };
  }

  private static void run(
      UnaryFunction function, int n, MemorySegment x, long from, MemorySegment y, long to) {
    switch (function) {
      case UnaryFunction.Relu() -> VectorRuns.relu(n, x, from, y, to);
      case UnaryFunction.LeakyRelu(float alpha) -> VectorRuns.leakyRelu(n, x, from, alpha, y, to);
      case UnaryFunction.Clip(float low, float high) -> clip(n, x, from, low, high, y, to);
      case UnaryFunction.Sigmoid() -> VectorCurves.sigmoid(n, x, from, y, to);
      case UnaryFunction.Tanh() -> VectorCurves.tanh(n, x, from, y, to);
      case UnaryFunction.Exp() -> VectorCurves.exp(n, x, from, y, to);
      case UnaryFunction.Log() -> VectorCurves.log(n, x, from, y, to);
      case UnaryFunction.Erf() -> VectorCurves.erf(n, x, from, y, to);
      case UnaryFunction.Gelu() -> VectorCurves.gelu(n, x, from, y, to);
      case UnaryFunction.GeluTanh() -> VectorCurves.geluTanh(n, x, from, y, to);
      case UnaryFunction.Softplus() -> VectorCurves.softplus(n, x, from, y, to);
      case UnaryFunction.Mish() -> VectorCurves.mish(n, x, from, y, to);
      case UnaryFunction.Swish swish when isCurve(swish) ->
          VectorCurves.swish(n, x, from, y, to, swish.alpha());
      case UnaryFunction.Elu elu when isCurve(elu) -> VectorCurves.elu(n, x, from, y, to, elu);
      case UnaryFunction.Sqrt() -> sqrt(n, x, from, y, to);
      case UnaryFunction.Neg() -> negate(n, x, from, y, to);
      case UnaryFunction.Abs() -> absolute(n, x, from, y, to);
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
          ScalarUnary.run(function, x, from, y, to, n);
    }
  }

  /** Blends, since float min and max are slow; NaN stays. */
  private static void clip(
      int n, MemorySegment x, long xOffset, float low, float high, MemorySegment y, long yOffset) {
    FloatVector lows = Lanes.all(low);
    FloatVector highs = Lanes.all(high);
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(clip(v, lows, highs), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector raised = v.blend(lows, v.compare(VectorOperators.LE, lows));
      FloatVector clipped = raised.blend(highs, raised.compare(VectorOperators.GE, highs));
      clipped.intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  private static FloatVector clip(FloatVector v, FloatVector lows, FloatVector highs) {
    FloatVector raised = v.blend(lows, v.compare(VectorOperators.LE, lows));
    return raised.blend(highs, raised.compare(VectorOperators.GE, highs));
  }

  /** Square root. */
  private static void sqrt(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.sqrt(), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.sqrt().intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** -x. */
  private static void negate(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.neg(), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.neg().intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** |x|. */
  private static void absolute(
      int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.abs(), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.abs().intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }
}
