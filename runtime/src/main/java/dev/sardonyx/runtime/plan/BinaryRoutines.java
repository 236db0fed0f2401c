package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions of two elements, operands broadcast to the output. */
final class BinaryRoutines {
  private BinaryRoutines() {}

  static Routine of(BinaryOp op, Call call, Kernels kernels) {
    LoopNest nest = LoopNest.broadcast(call.outputSizes(), call.sizes(0), call.sizes(1));
    BinaryFunction function = function(op);
    Routine.Binder binder =
        switch (call.output().dtype()) {
          case FLOAT32 -> floats(function, nest, kernels);
          case FLOAT64 -> Arithmetic.doubles(function, nest);
          case INT64 -> Arithmetic.longs(function, nest);
          case INT32 -> Arithmetic.ints(function, nest);
          // Support has refused all others.
          default -> throw new AssertionError(call);
        };
    return Routine.of(binder).withInPlace(fullOperands(call));
  }

  private static BinaryFunction function(BinaryOp op) {
    return switch (op) {
      case BinaryOp.Add _ -> BinaryFunction.ADD;
      case BinaryOp.Sub _ -> BinaryFunction.SUB;
      case BinaryOp.Mul _ -> BinaryFunction.MUL;
      case BinaryOp.Div _ -> BinaryFunction.DIV;
      case BinaryOp.PRelu _ -> BinaryFunction.PRELU;
    };
  }

  private static Routine.Binder floats(BinaryFunction function, LoopNest nest, Kernels kernels) {
    return buffers -> {
      var a = buffers.input(0);
      var b = buffers.input(1);
      var y = buffers.output();
      LoopNest.Run run =
          (aAt, aStep, bAt, bStep, yAt, n) ->
              kernels.binary(function, a, aAt, (int) aStep, b, bAt, (int) bStep, y, yAt, n);
      return () -> nest.forEach(run);
    };
  }

  /** An operand as large as the output is read at the very index that is written. */
  private static Set<Integer> fullOperands(Call call) {
    long elements = Sizes.product(call.outputSizes());
    return IntStream.range(0, 2)
        .filter(i -> Sizes.product(call.sizes(i)) == elements)
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }
}
