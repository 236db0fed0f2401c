package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.TrigonometricOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.UnaryFunction.Trigonometric;
import java.util.Set;

/** Functions of one element: float32 by kernels, other types by plain loops. */
final class UnaryRoutines {
  /** No cut is within a vector, however wide. */
  private static final int UNIT = 64;

  private UnaryRoutines() {}

  static Routine of(UnaryOp op, Call call, Kernels kernels) {
    return op instanceof UnaryOp.Identity
        ? LayoutRoutines.copy()
        : function(function(op), call, kernels);
  }

  /** The function of an operator; the identity has none. */
  static UnaryFunction function(UnaryOp op) {
    return switch (op) {
      case UnaryOp.Abs _ -> new UnaryFunction.Abs();
      case UnaryOp.Ceil _ -> new UnaryFunction.Ceil();
      case UnaryOp.Cos _ -> new UnaryFunction.Cos();
      case UnaryOp.Erf _ -> new UnaryFunction.Erf();
      case UnaryOp.Exp _ -> new UnaryFunction.Exp();
      case UnaryOp.Floor _ -> new UnaryFunction.Floor();
      case UnaryOp.Identity _ -> throw new AssertionError(op); // moves elements
      case UnaryOp.Log _ -> new UnaryFunction.Log();
      case UnaryOp.Neg _ -> new UnaryFunction.Neg();
      case UnaryOp.Reciprocal _ -> new UnaryFunction.Reciprocal();
      case UnaryOp.Relu _ -> new UnaryFunction.Relu();
      case UnaryOp.Round _ -> new UnaryFunction.Round();
      case UnaryOp.Sigmoid _ -> new UnaryFunction.Sigmoid();
      case UnaryOp.Sign _ -> new UnaryFunction.Sign();
      case UnaryOp.Sin _ -> new UnaryFunction.Sin();
      case UnaryOp.Sqrt _ -> new UnaryFunction.Sqrt();
      case UnaryOp.Tanh _ -> new UnaryFunction.Tanh();
    };
  }

  static Routine of(ActivationOp op, Call call, Kernels kernels) {
    DType type = call.output().dtype();
    UnaryFunction function = function(op);
    return type.isFloat() ? function(function, call, kernels) : cut(function, call);
  }

  /** Integers of a function of reals, cut towards zero. */
  private static Routine cut(UnaryFunction function, Call call) {
    var elements = new Elements(call.output().dtype());
    return Routine.of(
            ElementLoops.unary(
                Sizes.product(call.outputSizes()),
                (a, i, _, _, y, k) ->
                    elements.number(y, k, function.applyAsDouble(elements.number(a, i)))))
        .withInPlace(Set.of(0));
  }

  static Routine of(TrigonometricOp op, Call call, Kernels kernels) {
    return function(function(op), call, kernels);
  }

  static UnaryFunction function(TrigonometricOp op) {
    return switch (op) {
      case TrigonometricOp.Acos _ -> Trigonometric.ACOS;
      case TrigonometricOp.Acosh _ -> Trigonometric.ACOSH;
      case TrigonometricOp.Asin _ -> Trigonometric.ASIN;
      case TrigonometricOp.Asinh _ -> Trigonometric.ASINH;
      case TrigonometricOp.Atan _ -> Trigonometric.ATAN;
      case TrigonometricOp.Atanh _ -> Trigonometric.ATANH;
      case TrigonometricOp.Cosh _ -> Trigonometric.COSH;
      case TrigonometricOp.Sinh _ -> Trigonometric.SINH;
      case TrigonometricOp.Tan _ -> Trigonometric.TAN;
    };
  }

  static UnaryFunction function(ActivationOp op) {
    return switch (op) {
      case ActivationOp.Celu(float alpha) -> new UnaryFunction.Elu(alpha, 1, 1 / alpha);
      case ActivationOp.Elu(float alpha) -> new UnaryFunction.Elu(alpha, 1, 1);
      case ActivationOp.Gelu gelu ->
          gelu.isTanh() ? new UnaryFunction.GeluTanh() : new UnaryFunction.Gelu();
      case ActivationOp.HardSigmoid(float alpha, float beta) ->
          new UnaryFunction.HardSigmoid(alpha, beta);
      case ActivationOp.HardSwish _ -> new UnaryFunction.HardSwish();
      case ActivationOp.LeakyRelu(float alpha) -> new UnaryFunction.LeakyRelu(alpha);
      case ActivationOp.Mish _ -> new UnaryFunction.Mish();
      case ActivationOp.Selu(float alpha, float gamma) -> new UnaryFunction.Elu(alpha, gamma, 1);
      case ActivationOp.Shrink(float bias, float lambd) -> new UnaryFunction.Shrink(bias, lambd);
      case ActivationOp.Softplus _ -> new UnaryFunction.Softplus();
      case ActivationOp.Softsign _ -> new UnaryFunction.Softsign();
      case ActivationOp.Swish(float alpha) -> new UnaryFunction.Swish(alpha);
      case ActivationOp.ThresholdedRelu(float alpha) -> new UnaryFunction.ThresholdedRelu(alpha);
    };
  }

  private static Routine function(UnaryFunction function, Call call, Kernels kernels) {
    long n = Sizes.product(call.outputSizes());
    DType type = call.output().dtype();
    Routine.Binder binder =
        type == DType.FLOAT32
            ? floats(function, n, kernels)
            : ElementLoops.unary(
                n,
                ElementLoops.unary(
                    type,
                    function,
                    type == DType.UINT64 ? function::ofUnsigned : function::ofInteger));
    return Routine.of(binder).withInPlace(Set.of(0));
  }

  private static Routine.Binder floats(UnaryFunction function, long n, Kernels kernels) {
    return buffers -> {
      var x = buffers.input(0);
      var y = buffers.output();
      var split = Split.of(n, n, UNIT, buffers.team().size());
      return split.step(
          buffers.team(),
          (from, to, member) -> kernels.unary(function, x, from, y, from, to - from),
          kernels);
    };
  }
}
