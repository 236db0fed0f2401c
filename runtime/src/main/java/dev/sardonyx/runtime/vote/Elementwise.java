package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitCast;
import dev.sardonyx.api.op.BitwiseOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.TrigonometricOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** Operators of each element alone. Source: ONNX operators of these names. */
final class Elementwise {
  private Elementwise() {}

  static Optional<Exact> of(ElementwiseOp op, Operands in) {
    return switch (op) {
      case UnaryOp unary -> Optional.of(unary(unary, in));
      case TrigonometricOp angle -> Optional.of(real(in, RealFunctions.of(angle)));
      case ActivationOp activation -> Optional.of(activation(activation, in));
      case BinaryOp binary -> Optional.of(Pairwise.of(binary, in));
      case BitwiseOp bitwise -> Optional.of(Pairwise.of(bitwise, in));
      case PredicateOp predicate -> Optional.of(Questions.of(predicate, in));
      case VariadicOp variadic -> Optional.of(Variadic.of(variadic, in));
      case Where _ -> Optional.of(where(in));
      case Clip _ -> Optional.of(clip(in));
      case Cast cast -> Casts.of(cast, in);
      case CastLike cast -> Casts.of(cast.cast(in.get(1).dtype()), in);
      case BitCast _, Dropout _ -> Optional.empty();
    };
  }

  private static Exact real(Operands in, DoubleUnaryOperator function) {
    Exact x = in.get(0);
    return Exact.real(in.type(), 20, index -> function.applyAsDouble(x.at(index)));
  }

  private static Exact whole(Operands in, LongUnaryOperator function) {
    Exact x = in.get(0);
    return Exact.whole(in.type(), 1, index -> function.applyAsLong(x.wholeAt(index)));
  }

  private static Exact unary(UnaryOp op, Operands in) {
    Exact x = in.get(0);
    if (op instanceof UnaryOp.Identity) {
      return x;
    }
    if (x.isFloat()) {
      return real(in, RealFunctions.of(op));
    }
    boolean signed = Integers.isSigned(x.dtype());
    return switch (op) {
      case UnaryOp.Relu _ -> whole(in, value -> Math.max(0, value));
      case UnaryOp.Neg _ -> whole(in, value -> -value);
      case UnaryOp.Abs _ -> whole(in, value -> signed ? Math.abs(value) : value);
      case UnaryOp.Sign _ -> whole(in, value -> signed ? Long.signum(value) : value == 0 ? 0 : 1);
      default -> throw Integers.open(op.name() + " of " + x.dtype());
    };
  }

  private static Exact activation(ActivationOp op, Operands in) {
    Exact x = in.get(0);
    DoubleUnaryOperator function = RealFunctions.of(op);
    return x.isFloat()
        ? real(in, function)
        : whole(
            in,
            value ->
                Integers.cut(
                    x.dtype(), function.applyAsDouble(Integers.asDouble(x.dtype(), value))));
  }

  private static Exact where(Operands in) {
    Exact condition = in.get(0);
    Exact x = in.get(1);
    Exact y = in.get(2);
    long[] sizes = in.sizes();
    long[] ofCondition = condition.sizes();
    long[] ofX = x.sizes();
    long[] ofY = y.sizes();
    LongUnaryOperator chosen =
        index -> condition.wholeAt(Places.broadcast(index, sizes, ofCondition));
    return x.isFloat()
        ? Exact.real(
            in.type(),
            1,
            index ->
                chosen.applyAsLong(index) != 0
                    ? x.at(Places.broadcast(index, sizes, ofX))
                    : y.at(Places.broadcast(index, sizes, ofY)))
        : Exact.whole(
            in.type(),
            1,
            index ->
                chosen.applyAsLong(index) != 0
                    ? x.wholeAt(Places.broadcast(index, sizes, ofX))
                    : y.wholeAt(Places.broadcast(index, sizes, ofY)));
  }

  /** min(max(X, low), high). */
  private static Exact clip(Operands in) {
    Exact x = in.get(0);
    if (x.isFloat()) {
      double low = in.real(1, Double.NEGATIVE_INFINITY);
      double high = in.real(2, Double.POSITIVE_INFINITY);
      return real(in, value -> Math.min(Math.max(value, low), high));
    }
    return whole(
        in,
        value -> {
          long raised = in.has(1) ? larger(x, value, in.get(1).wholeAt(0)) : value;
          return in.has(2) ? smaller(x, raised, in.get(2).wholeAt(0)) : raised;
        });
  }

  private static long larger(Exact x, long a, long b) {
    return Integers.compare(x.dtype(), a, b) >= 0 ? a : b;
  }

  private static long smaller(Exact x, long a, long b) {
    return Integers.compare(x.dtype(), a, b) <= 0 ? a : b;
  }
}
