package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.util.Set;

/** Functions of one element. */
final class UnaryRoutines {
  private UnaryRoutines() {}

  static Routine of(UnaryOp op, Call call, Kernels kernels) {
    return switch (op) {
      case UnaryOp.Relu _ -> function(new UnaryFunction.Relu(), call, kernels);
      case UnaryOp.LeakyRelu(float alpha) ->
          function(new UnaryFunction.LeakyRelu(alpha), call, kernels);
      case UnaryOp.Sigmoid _ -> function(new UnaryFunction.Sigmoid(), call, kernels);
      case UnaryOp.Tanh _ -> function(new UnaryFunction.Tanh(), call, kernels);
      case UnaryOp.Exp _ -> function(new UnaryFunction.Exp(), call, kernels);
      case UnaryOp.Log _ -> function(new UnaryFunction.Log(), call, kernels);
      case UnaryOp.Sqrt _ -> function(new UnaryFunction.Sqrt(), call, kernels);
      case UnaryOp.Neg _ -> function(new UnaryFunction.Neg(), call, kernels);
      case UnaryOp.Identity _ -> LayoutRoutines.copy();
    };
  }

  private static Routine function(UnaryFunction function, Call call, Kernels kernels) {
    long n = Sizes.product(call.outputSizes());
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              return () -> kernels.unary(function, x, y, n);
            })
        .withInPlace(Set.of(0));
  }
}
