package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of one float, computed in double where they round. The function is looked up once per
 * call: a pattern switch per element costs more than the element.
 */
final class ScalarUnary {

  private ScalarUnary() {}

  static void apply(UnaryFunction function, MemorySegment x, MemorySegment y, long n) {
    switch (function) {
      case UnaryFunction.Relu() -> relu(x, y, n);
      case UnaryFunction.LeakyRelu(float alpha) -> leakyRelu(x, y, n, alpha);
      case UnaryFunction.Clip(float low, float high) -> clip(x, y, n, low, high);
      case UnaryFunction.Sigmoid() -> map(x, y, n, v -> 1 / (1 + Math.exp(-v)));
      case UnaryFunction.Tanh() -> map(x, y, n, Math::tanh);
      case UnaryFunction.Exp() -> map(x, y, n, Math::exp);
      case UnaryFunction.Log() -> map(x, y, n, Math::log);
      case UnaryFunction.Sqrt() -> map(x, y, n, Math::sqrt);
      case UnaryFunction.Neg() -> map(x, y, n, v -> -v);
      case UnaryFunction.Abs() -> map(x, y, n, Math::abs);
    }
  }

  private static void map(MemorySegment x, MemorySegment y, long n, DoubleUnaryOperator function) {
    for (long i = 0; i < n; i++) {
      Floats.set(y, i, (float) function.applyAsDouble(Floats.get(x, i)));
    }
  }

  // The comparisons below are written so that a NaN passes through.

  private static void relu(MemorySegment x, MemorySegment y, long n) {
    for (long i = 0; i < n; i++) {
      float value = Floats.get(x, i);
      Floats.set(y, i, value <= 0 ? 0 : value);
    }
  }

  private static void leakyRelu(MemorySegment x, MemorySegment y, long n, float alpha) {
    for (long i = 0; i < n; i++) {
      float value = Floats.get(x, i);
      Floats.set(y, i, value < 0 ? alpha * value : value);
    }
  }

  private static void clip(MemorySegment x, MemorySegment y, long n, float low, float high) {
    for (long i = 0; i < n; i++) {
      float value = Floats.get(x, i);
      float raised = value < low ? low : value;
      Floats.set(y, i, raised > high ? high : raised);
    }
  }
}
