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
  private UnaryRoutines() {}

  static Routine of(UnaryOp op, Call call, Kernels kernels) {
    return switch (op) {
      case UnaryOp.Abs _ -> function(new UnaryFunction.Abs(), call, kernels);
      case UnaryOp.Ceil _ -> function(new UnaryFunction.Ceil(), call, kernels);
      case UnaryOp.Cos _ -> function(new UnaryFunction.Cos(), call, kernels);
      case UnaryOp.Erf _ -> function(new UnaryFunction.Erf(), call, kernels);
      case UnaryOp.Exp _ -> function(new UnaryFunction.Exp(), call, kernels);
      case UnaryOp.Floor _ -> function(new UnaryFunction.Floor(), call, kernels);
      case UnaryOp.Identity _ -> LayoutRoutines.copy();
      case UnaryOp.Log _ -> function(new UnaryFunction.Log(), call, kernels);
      case UnaryOp.Neg _ -> function(new UnaryFunction.Neg(), call, kernels);
      case UnaryOp.Reciprocal _ -> function(new UnaryFunction.Reciprocal(), call, kernels);
      case UnaryOp.Relu _ -> function(new UnaryFunction.Relu(), call, kernels);
      case UnaryOp.Round _ -> function(new UnaryFunction.Round(), call, kernels);
      case UnaryOp.Sigmoid _ -> function(new UnaryFunction.Sigmoid(), call, kernels);
      case UnaryOp.Sign _ -> function(new UnaryFunction.Sign(), call, kernels);
      case UnaryOp.Sin _ -> function(new UnaryFunction.Sin(), call, kernels);
      case UnaryOp.Sqrt _ -> function(new UnaryFunction.Sqrt(), call, kernels);
      case UnaryOp.Tanh _ -> function(new UnaryFunction.Tanh(), call, kernels);
    };
  }

  static Routine of(ActivationOp op, Call call, Kernels kernels) {
    DType type = call.output().dtype();
    UnaryFunction function = activation(op);
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
    return function(
        switch (op) {
          case TrigonometricOp.Acos _ -> Trigonometric.ACOS;
          case TrigonometricOp.Acosh _ -> Trigonometric.ACOSH;
          case TrigonometricOp.Asin _ -> Trigonometric.ASIN;
          case TrigonometricOp.Asinh _ -> Trigonometric.ASINH;
          case TrigonometricOp.Atan _ -> Trigonometric.ATAN;
          case TrigonometricOp.Atanh _ -> Trigonometric.ATANH;
          case TrigonometricOp.Cosh _ -> Trigonometric.COSH;
          case TrigonometricOp.Sinh _ -> Trigonometric.SINH;
          case TrigonometricOp.Tan _ -> Trigonometric.TAN;
        },
        call,
        kernels);
  }

  private static UnaryFunction activation(ActivationOp op) {
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
      return () -> kernels.unary(function, x, y, n);
    };
  }
}
