package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.TrigonometricOp;
import dev.sardonyx.api.op.UnaryOp;
import java.util.function.DoubleUnaryOperator;

/** Functions of one float, each as ONNX writes it; attributes are float32 numbers, as in files. */
final class RealFunctions {
  private RealFunctions() {}

  static DoubleUnaryOperator of(UnaryOp op) {
    return switch (op) {
      case UnaryOp.Relu _ -> x -> x < 0 ? 0 : x;
      case UnaryOp.Sigmoid _ -> RealFunctions::sigmoid;
      case UnaryOp.Tanh _ -> Math::tanh;
      case UnaryOp.Exp _ -> Math::exp;
      case UnaryOp.Log _ -> Math::log;
      case UnaryOp.Sqrt _ -> Math::sqrt;
      case UnaryOp.Neg _ -> x -> -x;
      case UnaryOp.Abs _ -> Math::abs;
      case UnaryOp.Ceil _ -> Math::ceil;
      case UnaryOp.Cos _ -> Math::cos;
      case UnaryOp.Erf _ -> ErrorFunctions::erf;
      case UnaryOp.Floor _ -> Math::floor;
      case UnaryOp.Reciprocal _ -> x -> 1 / x;
      case UnaryOp.Round _ -> Math::rint;
      case UnaryOp.Sign _ -> Math::signum;
      case UnaryOp.Sin _ -> Math::sin;
      case UnaryOp.Identity _ -> x -> x;
    };
  }

  static DoubleUnaryOperator of(TrigonometricOp op) {
    return switch (op) {
      case TrigonometricOp.Acos _ -> Math::acos;
      case TrigonometricOp.Acosh _ -> RealFunctions::acosh;
      case TrigonometricOp.Asin _ -> Math::asin;
      case TrigonometricOp.Asinh _ -> RealFunctions::asinh;
      case TrigonometricOp.Atan _ -> Math::atan;
      case TrigonometricOp.Atanh _ -> x -> (Math.log1p(x) - Math.log1p(-x)) / 2;
      case TrigonometricOp.Cosh _ -> Math::cosh;
      case TrigonometricOp.Sinh _ -> Math::sinh;
      case TrigonometricOp.Tan _ -> Math::tan;
    };
  }

  static DoubleUnaryOperator of(ActivationOp op) {
    return switch (op) {
      case ActivationOp.Celu(float alpha) ->
          x -> Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha));
      case ActivationOp.Elu(float alpha) -> x -> x < 0 ? alpha * Math.expm1(x) : x;
      case ActivationOp.Gelu gelu -> gelu.isTanh() ? RealFunctions::tanhGelu : RealFunctions::gelu;
      case ActivationOp.HardSigmoid(float alpha, float beta) ->
          x -> Math.max(0, Math.min(1, (double) alpha * x + beta));
      case ActivationOp.HardSwish _ -> x -> x * Math.max(0, Math.min(1, x / 6 + 0.5));
      case ActivationOp.LeakyRelu(float alpha) -> x -> x < 0 ? alpha * x : x;
      case ActivationOp.Mish _ -> x -> x * Math.tanh(softplus(x));
      case ActivationOp.Selu(float alpha, float gamma) ->
          x -> gamma * (x > 0 ? x : alpha * Math.expm1(x));
      case ActivationOp.Shrink(float bias, float lambd) ->
          x -> x < -(double) lambd ? x + bias : x > lambd ? x - bias : 0;
      case ActivationOp.Softplus _ -> RealFunctions::softplus;
      case ActivationOp.Softsign _ -> x -> x / (1 + Math.abs(x));
      case ActivationOp.Swish(float alpha) -> x -> x * sigmoid(alpha * x);
      case ActivationOp.ThresholdedRelu(float alpha) -> x -> x > alpha || Double.isNaN(x) ? x : 0;
    };
  }

  static double sigmoid(double x) {
    double tail = Math.exp(-Math.abs(x));
    return (x < 0 ? tail : 1) / (1 + tail);
  }

  static double softplus(double x) {
    return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** x times the part of a normal distribution below it. */
  private static double gelu(double x) {
    return x * ErrorFunctions.complement(-x / Math.sqrt(2)) / 2;
  }

  private static double tanhGelu(double x) {
    double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    return x * sigmoid(2 * inner); // 1 + tanh(a) = 2 sigmoid(2a), without its cancellation
  }

  private static double acosh(double x) {
    double over = x - 1;
    return x > 1e8 ? Math.log(x) + Math.log(2) : Math.log1p(over + Math.sqrt(over * (over + 2)));
  }

  private static double asinh(double x) {
    double size = Math.abs(x);
    double result =
        size > 1e8
            ? Math.log(size) + Math.log(2)
            : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
    return Math.copySign(result, x);
  }
}
