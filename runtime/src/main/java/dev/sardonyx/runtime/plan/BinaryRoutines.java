package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitwiseOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.plan.ElementLoops.Element;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions of two elements or more, operands broadcast to the output. */
final class BinaryRoutines {
  private BinaryRoutines() {}

  /** A function of a and b on memory: y = f(a, b). */
  private interface Loop {
    Step on(MemorySegment a, MemorySegment b, MemorySegment y, Team team);
  }

  static Routine of(BinaryOp op, Call call, Kernels kernels) {
    LoopNest nest = LoopNest.broadcast(call.outputSizes(), call.sizes(0), call.sizes(1));
    DType type = call.output().dtype();
    DType right = call.input(1).dtype();
    Loop loop =
        right == type
            ? loop(function(op), type, nest, kernels)
            : (a, b, y, _) -> ElementLoops.run(nest, mixed(function(op), type, right), a, b, y);
    Routine.Binder binder =
        buffers -> loop.on(buffers.input(0), buffers.input(1), buffers.output(), buffers.team());
    return Routine.of(binder).withInPlace(fullOperands(call));
  }

  static Routine of(BitwiseOp op, Call call) {
    DType type = call.output().dtype();
    return switch (op) {
      case BitwiseOp.BitShift(boolean left) ->
          bitwise(call, (a, b) -> shift(a, b, left, type.bits()));
      case BitwiseOp.BitwiseAnd _ -> bitwise(call, (a, b) -> a & b);
      case BitwiseOp.BitwiseOr _ -> bitwise(call, (a, b) -> a | b);
      case BitwiseOp.BitwiseXor _ -> bitwise(call, (a, b) -> a ^ b);
      case BitwiseOp.BitwiseNot _ ->
          Routine.of(
                  ElementLoops.unary(
                      Sizes.product(call.outputSizes()), ElementLoops.unary(type, x -> x, x -> ~x)))
              .withInPlace(Set.of(0));
    };
  }

  private static Routine bitwise(Call call, LongBinaryOperator function) {
    Element element = ElementLoops.binary(call.output().dtype(), Math::max, function);
    LoopNest nest = LoopNest.broadcast(call.outputSizes(), call.sizes(0), call.sizes(1));
    return Routine.of(ElementLoops.binary(nest, element)).withInPlace(fullOperands(call));
  }

  /** All bits move out where there are as many places as bits, or more; b is unsigned. */
  private static long shift(long a, long b, boolean left, int bits) {
    boolean within = b >= 0 && b < bits;
    return !within ? 0 : left ? a << b : a >>> b;
  }

  static BinaryFunction function(BinaryOp op) {
    return switch (op) {
      case BinaryOp.Add _ -> BinaryFunction.ADD;
      case BinaryOp.Sub _ -> BinaryFunction.SUB;
      case BinaryOp.Mul _ -> BinaryFunction.MUL;
      case BinaryOp.Div _ -> BinaryFunction.DIV;
      case BinaryOp.Mod(boolean fmod) -> fmod ? BinaryFunction.REMAINDER : BinaryFunction.MODULO;
      case BinaryOp.Pow _ -> BinaryFunction.POW;
      case BinaryOp.PRelu _ -> BinaryFunction.PRELU;
    };
  }

  private static Loop loop(BinaryFunction function, DType type, LoopNest nest, Kernels kernels) {
    return type == DType.FLOAT32 ? floats(function, nest, kernels) : plain(function, type, nest);
  }

  private static Loop floats(BinaryFunction function, LoopNest nest, Kernels kernels) {
    return (a, b, y, team) -> {
      LoopNest.Run run =
          (aAt, aStep, bAt, bStep, yAt, n) ->
              kernels.binary(function, a, aAt, (int) aStep, b, bAt, (int) bStep, y, yAt, n);
      return nest.shared(team, run, 1, kernels);
    };
  }

  private static Loop plain(BinaryFunction function, DType type, LoopNest nest) {
    Element element =
        ElementLoops.binary(type, function, function.ofIntegers(type == DType.UINT64));
    return (a, b, y, _) -> ElementLoops.run(nest, element, a, b, y);
  }

  /** Operands of two types, which Pow alone has: exact where both are integers. */
  private static Element mixed(BinaryFunction function, DType left, DType right) {
    var a = new Elements(left);
    var b = new Elements(right);
    LongBinaryOperator integers = function.ofIntegers(right == DType.UINT64);
    return left.isFloat() || right.isFloat()
        ? (x, i, z, j, y, k) ->
            a.number(y, k, function.applyAsDouble(a.number(x, i), b.number(z, j)))
        : (x, i, z, j, y, k) ->
            a.integer(y, k, integers.applyAsLong(a.integer(x, i), b.integer(z, j)));
  }

  /** An operand as large as the output is read at the very index that is written. */
  private static Set<Integer> fullOperands(Call call) {
    long elements = Sizes.product(call.outputSizes());
    return IntStream.range(0, 2)
        .filter(i -> Sizes.product(call.sizes(i)) == elements)
        .filter(i -> call.input(i).dtype() == call.output().dtype())
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The first two, then each further one with what there is. */
  static Routine of(VariadicOp op, Call call, Kernels kernels) {
    int count = call.inputs().size();
    if (count == 1) {
      return LayoutRoutines.copy();
    }
    long[] sizes = call.outputSizes();
    DType type = call.output().dtype();
    BinaryFunction function = function(op);
    Loop first =
        loop(function, type, LoopNest.broadcast(sizes, call.sizes(0), call.sizes(1)), kernels);
    List<Loop> others = new ArrayList<>();
    for (int i = 2; i < count; i++) {
      LoopNest nest = LoopNest.broadcast(sizes, sizes, call.sizes(i));
      others.add(loop(function, type, nest, kernels));
    }
    Routine.Binder binder =
        buffers -> {
          var y = buffers.output();
          List<Step> steps = new ArrayList<>();
          steps.add(first.on(buffers.input(0), buffers.input(1), y, buffers.team()));
          for (int i = 0; i < others.size(); i++) {
            steps.add(others.get(i).on(y, buffers.input(i + 2), y, buffers.team()));
          }
          if (op instanceof VariadicOp.Mean) {
            Element divided = ElementLoops.unary(type, x -> x / count, x -> x);
            LoopNest flat = LoopNest.broadcast(sizes, sizes);
            steps.add(ElementLoops.run(flat, divided, y, y, y));
          }
          return () -> steps.forEach(Step::run);
        };
    return Routine.of(binder).withInPlace(fullOperands(call));
  }

  static BinaryFunction function(VariadicOp op) {
    return switch (op) {
      case VariadicOp.Max _ -> BinaryFunction.MAX;
      case VariadicOp.Min _ -> BinaryFunction.MIN;
      case VariadicOp.Mean _, VariadicOp.Sum _ -> BinaryFunction.ADD;
    };
  }
}
