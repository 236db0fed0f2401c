package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.plan.ElementLoops.Element;
import java.lang.foreign.MemorySegment;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;

/** Operators whose output is bool, of any element type. */
final class PredicateRoutines {
  private static final Elements TRUTH = new Elements(DType.BOOL);

  private PredicateRoutines() {}

  static Routine of(PredicateOp op, Call call) {
    DType type = call.input(0).dtype();
    return switch (op) {
      case PredicateOp.And _ -> logical(call, (a, b) -> a & b);
      case PredicateOp.Or _ -> logical(call, (a, b) -> a | b);
      case PredicateOp.Xor _ -> logical(call, (a, b) -> a ^ b);
      case PredicateOp.Not _ ->
          Routine.of(
              ElementLoops.unary(elements(call), ElementLoops.unary(type, x -> x, x -> 1 - x)));
      case PredicateOp.Equal _ -> compared(call, (a, b) -> a == b, sign -> sign == 0);
      case PredicateOp.Less _ -> compared(call, (a, b) -> a < b, sign -> sign < 0);
      case PredicateOp.LessOrEqual _ -> compared(call, (a, b) -> a <= b, sign -> sign <= 0);
      case PredicateOp.Greater _ -> compared(call, (a, b) -> a > b, sign -> sign > 0);
      case PredicateOp.GreaterOrEqual _ -> compared(call, (a, b) -> a >= b, sign -> sign >= 0);
      case PredicateOp.IsNaN _ -> tested(call, Double::isNaN);
      case PredicateOp.IsInf(boolean negative, boolean positive) ->
          tested(call, x -> Double.isInfinite(x) && (x < 0 ? negative : positive));
    };
  }

  private interface RealComparison {
    boolean holds(double a, double b);
  }

  private static Routine compared(Call call, RealComparison reals, IntPredicate integers) {
    DType type = call.input(0).dtype();
    var elements = new Elements(type);
    Element element =
        type.isFloat()
            ? (a, i, b, j, y, k) ->
                answer(y, k, reals.holds(elements.real(a, i), elements.real(b, j)))
            : (a, i, b, j, y, k) ->
                answer(
                    y,
                    k,
                    integers.test(
                        elements.compare(elements.integer(a, i), elements.integer(b, j))));
    return pairs(call, element);
  }

  private static Routine logical(Call call, LongBinaryOperator operator) {
    return pairs(call, ElementLoops.binary(DType.BOOL, Math::max, operator));
  }

  private static Routine pairs(Call call, Element element) {
    LoopNest nest = LoopNest.broadcast(call.outputSizes(), call.sizes(0), call.sizes(1));
    return Routine.of(ElementLoops.binary(nest, element));
  }

  private static Routine tested(Call call, DoublePredicate test) {
    var elements = new Elements(call.input(0).dtype());
    return Routine.of(
        ElementLoops.unary(
            elements(call), (a, i, _, _, y, k) -> answer(y, k, test.test(elements.real(a, i)))));
  }

  private static void answer(MemorySegment y, long index, boolean answer) {
    TRUTH.integer(y, index, answer ? 1 : 0);
  }

  private static long elements(Call call) {
    return Sizes.product(call.outputSizes());
  }
}
