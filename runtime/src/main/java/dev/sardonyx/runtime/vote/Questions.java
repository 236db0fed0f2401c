package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.type.DType;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;

/** Questions about elements, answered by truth values. */
final class Questions {
  /** What a comparison with NaN gives: no order. */
  private static final int UNORDERED = 2;

  private Questions() {}

  static Exact of(PredicateOp op, Operands in) {
    Exact x = in.get(0);
    return switch (op) {
      case PredicateOp.And _ -> bits(in, (a, b) -> a & b);
      case PredicateOp.Or _ -> bits(in, (a, b) -> a | b);
      case PredicateOp.Xor _ -> bits(in, (a, b) -> a ^ b);
      case PredicateOp.Not _ -> Exact.truth(in.type(), index -> x.wholeAt(index) == 0);
      case PredicateOp.Equal _ -> order(in, order -> order == 0);
      case PredicateOp.Greater _ -> order(in, order -> order == 1);
      case PredicateOp.GreaterOrEqual _ -> order(in, order -> order == 0 || order == 1);
      case PredicateOp.Less _ -> order(in, order -> order == -1);
      case PredicateOp.LessOrEqual _ -> order(in, order -> order == 0 || order == -1);
      case PredicateOp.IsInf(boolean negative, boolean positive) ->
          Exact.truth(
              in.type(),
              index ->
                  negative && x.at(index) == Double.NEGATIVE_INFINITY
                      || positive && x.at(index) == Double.POSITIVE_INFINITY);
      case PredicateOp.IsNaN _ -> Exact.truth(in.type(), index -> Double.isNaN(x.at(index)));
    };
  }

  private static Exact bits(Operands in, LongBinaryOperator function) {
    Exact a = in.get(0);
    Exact b = in.get(1);
    long[] sizes = in.sizes();
    long[] ofA = a.sizes();
    long[] ofB = b.sizes();
    return Exact.truth(
        in.type(),
        index ->
            function.applyAsLong(
                    a.wholeAt(Places.broadcast(index, sizes, ofA)),
                    b.wholeAt(Places.broadcast(index, sizes, ofB)))
                != 0);
  }

  private static Exact order(Operands in, IntPredicate question) {
    Exact a = in.get(0);
    Exact b = in.get(1);
    long[] sizes = in.sizes();
    long[] ofA = a.sizes();
    long[] ofB = b.sizes();
    return Exact.truth(
        in.type(),
        index ->
            question.test(
                order(
                    a,
                    Places.broadcast(index, sizes, ofA),
                    b,
                    Places.broadcast(index, sizes, ofB))));
  }

  private static int order(Exact a, long i, Exact b, long j) {
    DType dtype = a.dtype();
    if (!dtype.isFloat()) {
      return Integer.signum(Integers.compare(dtype, a.wholeAt(i), b.wholeAt(j)));
    }
    double x = a.at(i);
    double y = b.at(j);
    return x == y ? 0 : x < y ? -1 : x > y ? 1 : UNORDERED;
  }
}
