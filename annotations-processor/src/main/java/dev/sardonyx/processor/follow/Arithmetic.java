package dev.sardonyx.processor.follow;

import com.sun.source.tree.Tree;
import java.util.Optional;
import javax.lang.model.type.TypeKind;

/** Java's arithmetic on boxed values (JLS 15.15 to 15.24, 5.1, 5.6). */
final class Arithmetic {
  private Arithmetic() {}

  /** The result of a binary operator on values that are known; unknown where it has none here. */
  static Object binary(Tree.Kind kind, Object a, Object b) {
    if (a instanceof Boolean p && b instanceof Boolean q) {
      return logical(kind, p, q);
    }
    Optional<Number> left = number(a);
    Optional<Number> right = number(b);
    if (left.isEmpty() || right.isEmpty()) {
      return Special.UNKNOWN;
    }
    if (isShift(kind)) {
      return shift(kind, left.get(), right.get().longValue());
    }
    return binary(kind, left.get(), right.get());
  }

  private static Object binary(Tree.Kind kind, Number a, Number b) {
    if (a instanceof Double || b instanceof Double) {
      return real(kind, a.doubleValue(), b.doubleValue());
    }
    if (a instanceof Float || b instanceof Float) {
      Object result = real(kind, a.floatValue(), b.floatValue());
      return result instanceof Double number ? (Object) number.floatValue() : result;
    }
    boolean divides = kind == Tree.Kind.DIVIDE || kind == Tree.Kind.REMAINDER;
    if (divides && b.longValue() == 0) {
      throw new Thrown();
    }
    Object result = integer(kind, a.longValue(), b.longValue());
    boolean wide = a instanceof Long || b instanceof Long;
    return result instanceof Long number && !wide ? (Object) (int) (long) number : result;
  }

  private static Object logical(Tree.Kind kind, boolean a, boolean b) {
    return switch (kind) {
      case AND, CONDITIONAL_AND -> a & b;
      case OR, CONDITIONAL_OR -> a | b;
      case XOR, NOT_EQUAL_TO -> a ^ b;
      case EQUAL_TO -> a == b;
      default -> Special.UNKNOWN;
    };
  }

  private static Object integer(Tree.Kind kind, long a, long b) {
    return switch (kind) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> a <= b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO -> a != b;
      default -> Special.UNKNOWN;
    };
  }

  private static Object real(Tree.Kind kind, double a, double b) {
    return switch (kind) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> a <= b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO -> a != b;
      default -> Special.UNKNOWN;
    };
  }

  private static boolean isShift(Tree.Kind kind) {
    return switch (kind) {
      case LEFT_SHIFT, RIGHT_SHIFT, UNSIGNED_RIGHT_SHIFT -> true;
      default -> false;
    };
  }

  private static Object shift(Tree.Kind kind, Number a, long by) {
    boolean wide = a instanceof Long;
    long value = a.longValue();
    int narrow = a.intValue();
    return switch (kind) {
      case LEFT_SHIFT -> wide ? (Object) (value << by) : (Object) (narrow << by);
      case RIGHT_SHIFT -> wide ? (Object) (value >> by) : (Object) (narrow >> by);
      default -> wide ? (Object) (value >>> by) : (Object) (narrow >>> by);
    };
  }

  /** The result of a unary operator without assignment. */
  static Object unary(Tree.Kind kind, Object a) {
    if (kind == Tree.Kind.LOGICAL_COMPLEMENT) {
      return a instanceof Boolean flag ? (Object) !flag : Special.UNKNOWN;
    }
    Optional<Number> number = number(a);
    if (number.isEmpty()) {
      return Special.UNKNOWN;
    }
    return switch (kind) {
      case UNARY_PLUS -> binary(Tree.Kind.PLUS, 0, number.get());
      case UNARY_MINUS -> negated(number.get());
      case BITWISE_COMPLEMENT -> binary(Tree.Kind.XOR, number.get(), -1);
      default -> Special.UNKNOWN;
    };
  }

  private static Object negated(Number number) {
    return switch (number) {
      case Double real -> -real;
      case Float real -> -real;
      default -> binary(Tree.Kind.MINUS, 0, number);
    };
  }

  /** The number that a boxed value is in arithmetic. */
  static Optional<Number> number(Object value) {
    return switch (value) {
      case Number number -> Optional.of(number);
      case Character character -> Optional.of((int) character);
      default -> Optional.empty();
    };
  }

  /** A value as a primitive type holds it: widened, narrowed or unboxed. */
  static Object converted(Object value, TypeKind kind) {
    if (kind == TypeKind.BOOLEAN) {
      return value instanceof Boolean ? value : Special.UNKNOWN;
    }
    Optional<Number> number = number(value);
    if (number.isEmpty()) {
      return Special.UNKNOWN;
    }
    Number n = number.get();
    boolean real = n instanceof Double || n instanceof Float;
    double d = n.doubleValue();
    return switch (kind) {
      case INT -> real ? (Object) (int) d : (Object) n.intValue();
      case LONG -> real ? (Object) (long) d : (Object) n.longValue();
      case DOUBLE -> d;
      case FLOAT -> n.floatValue();
      case SHORT -> real ? (Object) (short) (int) d : (Object) n.shortValue();
      case BYTE -> real ? (Object) (byte) (int) d : (Object) n.byteValue();
      case CHAR -> real ? (Object) (char) (int) d : (Object) (char) n.intValue();
      default -> Special.UNKNOWN;
    };
  }
}
