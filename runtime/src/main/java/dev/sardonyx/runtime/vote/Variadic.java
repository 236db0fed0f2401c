package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Functions of any number of tensors that broadcast. */
final class Variadic {
  private Variadic() {}

  static Exact of(VariadicOp op, Operands in) {
    DType dtype = in.type().dtype();
    boolean whole = !dtype.isFloat();
    return switch (op) {
      case VariadicOp.Max _ ->
          whole
              ? whole(in, (a, b) -> Integers.compare(dtype, a, b) >= 0 ? a : b)
              : real(in, Math::max, 1);
      case VariadicOp.Min _ ->
          whole
              ? whole(in, (a, b) -> Integers.compare(dtype, a, b) <= 0 ? a : b)
              : real(in, Math::min, 1);
      case VariadicOp.Sum _ -> real(in, Double::sum, 1);
      case VariadicOp.Mean _ -> real(in, Double::sum, in.count());
    };
  }

  private static Exact real(Operands in, DoubleBinaryOperator function, double divisor) {
    List<Exact> all = in.inputs().stream().map(Optional::orElseThrow).toList();
    long[] sizes = in.sizes();
    List<long[]> of = all.stream().map(Exact::sizes).toList();
    return Exact.real(
        in.type(),
        5L * all.size(),
        index -> {
          double result = all.getFirst().at(Places.broadcast(index, sizes, of.getFirst()));
          for (int i = 1; i < all.size(); i++) {
            double next = all.get(i).at(Places.broadcast(index, sizes, of.get(i)));
            result = function.applyAsDouble(result, next);
          }
          return result / divisor;
        });
  }

  private static Exact whole(Operands in, LongBinaryOperator function) {
    List<Exact> all = in.inputs().stream().map(Optional::orElseThrow).toList();
    long[] sizes = in.sizes();
    List<long[]> of = all.stream().map(Exact::sizes).toList();
    return Exact.whole(
        in.type(),
        5L * all.size(),
        index -> {
          long result = all.getFirst().wholeAt(Places.broadcast(index, sizes, of.getFirst()));
          for (int i = 1; i < all.size(); i++) {
            long next = all.get(i).wholeAt(Places.broadcast(index, sizes, of.get(i)));
            result = function.applyAsLong(result, next);
          }
          return result;
        });
  }
}
