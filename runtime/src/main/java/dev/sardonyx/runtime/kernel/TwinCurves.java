package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Twins of the curves in lanes: the same formulas of one float, with the same bits, since every
 * operation is exact or correctly rounded in both. They run well before C2 has compiled anything;
 * {@link WarmUp} says when they serve.
 */
final class TwinCurves {

  /** A curve of one float. */
  @FunctionalInterface
  interface Twin {
    float of(float x);
  }

  private TwinCurves() {}

  /** The twin of a function; null where it has no form in lanes that is a curve. */
  static @Nullable Twin of(UnaryFunction function) {
    return switch (function) {
      case UnaryFunction.Sigmoid() -> TwinSigmoid::sigmoid;
      case UnaryFunction.Tanh() -> TwinSigmoid::tanh;
      case UnaryFunction.Exp() -> TwinExponential::exp;
      case UnaryFunction.Log() -> TwinLogarithm::log;
      case UnaryFunction.Erf() -> TwinErrorFunction::erf;
      case UnaryFunction.Gelu() -> TwinErrorFunction::gelu;
      case UnaryFunction.GeluTanh() -> TwinSigmoid::geluTanh;
      case UnaryFunction.Softplus() -> TwinSigmoid::softplus;
      case UnaryFunction.Mish() -> TwinSigmoid::mish;
      case UnaryFunction.Swish swish when VectorUnary.isCurve(swish) ->
          x -> TwinSigmoid.swish(x, swish.alpha());
      case UnaryFunction.Elu elu when VectorUnary.isCurve(elu) -> x -> TwinSigmoid.elu(x, elu);
      case UnaryFunction.Relu _,
          UnaryFunction.LeakyRelu _,
          UnaryFunction.Clip _,
          UnaryFunction.Sqrt _,
          UnaryFunction.Neg _,
          UnaryFunction.Abs _,
          UnaryFunction.Sign _,
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
          null;
    };
  }

  /** y[i] = twin(x[i]) for n elements from two indices on. */
  static void run(Twin twin, int n, MemorySegment x, long from, MemorySegment y, long to) {
    for (long i = 0; i < n; i++) {
      Floats.set(y, to + i, twin.of(Floats.get(x, from + i)));
    }
  }
}
