package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitwiseOp;
import dev.sardonyx.api.type.DType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Functions of two elements of tensors that broadcast. Integers have the bits of their type: what
 * is beyond them is cut off, as in two's complement.
 */
final class Pairwise {
  private Pairwise() {}

  static Exact of(BinaryOp op, Operands in) {
    Exact a = in.get(0);
    DType dtype = a.dtype();
    boolean whole = !a.isFloat();
    return switch (op) {
      case BinaryOp.Add _ -> whole ? whole(in, Long::sum) : real(in, Double::sum);
      case BinaryOp.Sub _ -> whole ? whole(in, (x, y) -> x - y) : real(in, (x, y) -> x - y);
      case BinaryOp.Mul _ -> whole ? whole(in, (x, y) -> x * y) : real(in, (x, y) -> x * y);
      case BinaryOp.Div _ ->
          whole ? whole(in, (x, y) -> Integers.quotient(dtype, x, y)) : real(in, (x, y) -> x / y);
      case BinaryOp.Mod(boolean fmod) ->
          whole
              ? whole(in, (x, y) -> Integers.remainder(dtype, x, y, fmod))
              : real(in, (x, y) -> x % y);
      case BinaryOp.Pow _ -> power(in);
      case BinaryOp.PRelu _ ->
          whole
              ? whole(in, (x, y) -> x >= 0 || !Integers.isSigned(dtype) ? x : x * y)
              : real(in, (x, y) -> x < 0 ? x * y : x);
    };
  }

  /** The result has the type of the base; that of the exponent may be another. */
  private static Exact power(Operands in) {
    DType base = in.get(0).dtype();
    DType exponent = in.get(1).dtype();
    if (base.isFloat()) {
      return real(in, Pairwise::power);
    }
    if (!exponent.isFloat()) {
      return whole(in, (x, y) -> Integers.power(base, exponent, x, y));
    }
    long[] sizes = in.sizes();
    Exact x = in.get(0);
    Exact y = in.get(1);
    long[] ofX = x.sizes();
    long[] ofY = y.sizes();
    return Exact.whole(
        in.type(),
        30,
        index ->
            Integers.cut(
                base,
                power(
                    x.at(Places.broadcast(index, sizes, ofX)),
                    y.at(Places.broadcast(index, sizes, ofY)))));
  }

  /** As C has it: 1 to the power of anything is 1, even of NaN. */
  private static double power(double x, double y) {
    boolean one = x == 1 || x == -1 && Double.isInfinite(y);
    return one ? 1 : Math.pow(x, y);
  }

  static Exact of(BitwiseOp op, Operands in) {
    int bits = in.type().dtype().bits();
    return switch (op) {
      case BitwiseOp.BitShift(boolean left) ->
          whole(in, (x, y) -> Long.compareUnsigned(y, bits) >= 0 ? 0 : left ? x << y : x >>> y);
      case BitwiseOp.BitwiseAnd _ -> whole(in, (x, y) -> x & y);
      case BitwiseOp.BitwiseOr _ -> whole(in, (x, y) -> x | y);
      case BitwiseOp.BitwiseXor _ -> whole(in, (x, y) -> x ^ y);
      case BitwiseOp.BitwiseNot _ -> {
        Exact x = in.get(0);
        yield Exact.whole(in.type(), 1, index -> ~x.wholeAt(index));
      }
    };
  }

  private static Exact real(Operands in, DoubleBinaryOperator function) {
    Exact a = in.get(0);
    Exact b = in.get(1);
    long[] sizes = in.sizes();
    long[] ofA = a.sizes();
    long[] ofB = b.sizes();
    return Exact.real(
        in.type(),
        5,
        index ->
            function.applyAsDouble(
                a.at(Places.broadcast(index, sizes, ofA)),
                b.at(Places.broadcast(index, sizes, ofB))));
  }

  private static Exact whole(Operands in, LongBinaryOperator function) {
    Exact a = in.get(0);
    Exact b = in.get(1);
    long[] sizes = in.sizes();
    long[] ofA = a.sizes();
    long[] ofB = b.sizes();
    return Exact.whole(
        in.type(),
        5,
        index ->
            function.applyAsLong(
                a.wholeAt(Places.broadcast(index, sizes, ofA)),
                b.wholeAt(Places.broadcast(index, sizes, ofB))));
  }
}
