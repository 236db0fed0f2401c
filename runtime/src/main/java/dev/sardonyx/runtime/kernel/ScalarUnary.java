package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Functions of one float, computed in double where they round. */
final class ScalarUnary {

  private ScalarUnary() {}

  static void apply(UnaryFunction function, MemorySegment x, MemorySegment y, long offset, long n) {
    for (long i = offset; i < offset + n; i++) {
      Floats.set(y, i, value(function, Floats.get(x, i)));
    }
  }

  private static float value(UnaryFunction function, float x) {
    // The comparisons are written so that a NaN passes through.
    return switch (function) {
      case UnaryFunction.Relu() -> x <= 0 ? 0 : x;
      case UnaryFunction.LeakyRelu(float alpha) -> x < 0 ? alpha * x : x;
      case UnaryFunction.Clip(float low, float high) -> clip(x, low, high);
      case UnaryFunction.Sigmoid() -> (float) (1 / (1 + Math.exp(-(double) x)));
      case UnaryFunction.Tanh() -> (float) Math.tanh(x);
      case UnaryFunction.Exp() -> (float) Math.exp(x);
      case UnaryFunction.Log() -> (float) Math.log(x);
      case UnaryFunction.Sqrt() -> (float) Math.sqrt(x);
      case UnaryFunction.Neg() -> -x;
      case UnaryFunction.Abs() -> Math.abs(x);
    };
  }

  private static float clip(float x, float low, float high) {
    float raised = x < low ? low : x;
    return raised > high ? high : raised;
  }
}
