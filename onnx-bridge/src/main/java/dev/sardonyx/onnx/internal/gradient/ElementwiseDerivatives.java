package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;

/** Operators on elements one by one. */
final class ElementwiseDerivatives {
  private ElementwiseDerivatives() {}

  static boolean handOn(ElementwiseOp op, Parts parts) {
    return switch (op) {
      case UnaryOp unary -> unary(unary, parts);
      case BinaryOp binary -> binary(binary, parts);
      case VariadicOp.Sum _ -> sum(parts);
      case Where _ -> where(parts);
      case ActivationOp.Softplus _ -> give(parts, parts.add(new UnaryOp.Sigmoid(), parts.input(0)));
      case Cast _, CastLike _ -> {
        parts.give(0, parts.add(new CastLike(), parts.dy(), parts.input(0)));
        yield true;
      }
      default -> false;
    };
  }

  private static boolean give(Parts parts, Value factor) {
    parts.give(0, parts.times(parts.dy(), factor));
    return true;
  }

  private static boolean unary(UnaryOp op, Parts parts) {
    Value x = parts.input(0);
    Value y = parts.output();
    Value dy = parts.dy();
    switch (op) {
      case UnaryOp.Identity _ -> parts.give(0, dy);
      case UnaryOp.Neg _ -> parts.give(0, parts.add(new UnaryOp.Neg(), dy));
      case UnaryOp.Relu _ -> {
        Value zero = parts.number(0, x);
        Value positive = parts.add(new PredicateOp.Greater(), x, zero);
        parts.give(0, parts.add(new Where(), positive, dy, zero));
      }
      case UnaryOp.Sigmoid _ -> {
        Value rest = parts.add(new BinaryOp.Sub(), parts.number(1, y), y);
        give(parts, parts.times(y, rest));
      }
      case UnaryOp.Tanh _ ->
          give(parts, parts.add(new BinaryOp.Sub(), parts.number(1, y), parts.times(y, y)));
      case UnaryOp.Exp _ -> give(parts, y);
      case UnaryOp.Log _ -> parts.give(0, parts.add(new BinaryOp.Div(), dy, x));
      case UnaryOp.Sqrt _ ->
          parts.give(0, parts.add(new BinaryOp.Div(), dy, parts.add(new BinaryOp.Add(), y, y)));
      case UnaryOp.Reciprocal _ -> give(parts, parts.add(new UnaryOp.Neg(), parts.times(y, y)));
      case UnaryOp.Abs _ -> give(parts, parts.add(new UnaryOp.Sign(), x));
      case UnaryOp.Sign _ -> {} // the same all around
      case UnaryOp.Sin _ -> give(parts, parts.add(new UnaryOp.Cos(), x));
      case UnaryOp.Cos _ ->
          give(parts, parts.add(new UnaryOp.Neg(), parts.add(new UnaryOp.Sin(), x)));
      case UnaryOp.Erf _ -> {
        Value square = parts.add(new UnaryOp.Neg(), parts.times(x, x));
        Value scale = parts.number(2 / Math.sqrt(Math.PI), x);
        give(parts, parts.times(scale, parts.add(new UnaryOp.Exp(), square)));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean binary(BinaryOp op, Parts parts) {
    Value a = parts.input(0);
    Value b = parts.input(1);
    Value dy = parts.dy();
    switch (op) {
      case BinaryOp.Add _ -> {
        parts.giveSummed(0, dy);
        parts.giveSummed(1, dy);
      }
      case BinaryOp.Sub _ -> {
        parts.giveSummed(0, dy);
        parts.giveSummed(1, parts.add(new UnaryOp.Neg(), dy));
      }
      case BinaryOp.Mul _ -> {
        parts.giveSummed(0, parts.times(dy, b));
        parts.giveSummed(1, parts.times(dy, a));
      }
      case BinaryOp.Div _ -> {
        Value slope = parts.add(new BinaryOp.Div(), dy, b);
        parts.giveSummed(0, slope);
        parts.giveSummed(1, parts.add(new UnaryOp.Neg(), parts.times(slope, parts.output())));
      }
      case BinaryOp.Pow _ -> {
        return power(a, b, parts);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** By its base alone: b * a^(b - 1), and 0 where b is 0. */
  private static boolean power(Value a, Value b, Parts parts) {
    boolean oneType = parts.type(a).dtype() == parts.type(b).dtype();
    if (parts.wants(1) || !oneType) {
      return false;
    }
    Value less = parts.add(new BinaryOp.Sub(), b, parts.number(1, b));
    Value slope = parts.times(b, parts.add(new BinaryOp.Pow(), a, less));
    Value zero = parts.number(0, b);
    Value constant = parts.add(new PredicateOp.Equal(), b, zero);
    Value known = parts.add(new Where(), constant, zero, slope);
    parts.giveSummed(0, parts.times(parts.dy(), known));
    return true;
  }

  private static boolean sum(Parts parts) {
    for (int i = 0; parts.input(i).isPresent(); i++) {
      parts.giveSummed(i, parts.dy());
    }
    return true;
  }

  private static boolean where(Parts parts) {
    Value zero = parts.number(0, parts.output());
    Value condition = parts.input(0);
    parts.giveSummed(1, parts.add(new Where(), condition, parts.dy(), zero));
    parts.giveSummed(2, parts.add(new Where(), condition, zero, parts.dy()));
    return true;
  }
}
