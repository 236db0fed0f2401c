package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.runtime.generate.model.Expression;
import java.util.List;

/** How tightly expressions bind. Source: the Java Language Specification, chapter 15. */
final class Precedence {
  static final int CONDITIONAL = 1;
  private static final int FIRST_OPERATOR = 2;
  private static final int PRIMARY = 100;

  /** Loosest first. */
  private static final List<List<String>> OPERATORS =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("==", "!="),
          List.of("<", ">", "<=", ">="),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private Precedence() {}

  /** The tightest that an operator binds. */
  static int ofOperators() {
    return FIRST_OPERATOR + OPERATORS.size();
  }

  static int of(Expression expression) {
    return switch (expression) {
      case Expression.Options _ -> 0;
      case Expression.Conditional _ -> CONDITIONAL;
      case Expression.Binary binary -> of(binary.operator());
      case Expression.Whole _, Expression.Real _, Expression.Truth _, Expression.Text _ -> PRIMARY;
      case Expression.Null _, Expression.Name _, Expression.FieldName _ -> PRIMARY;
      case Expression.Constant _, Expression.Call _, Expression.StaticCall _ -> PRIMARY;
      case Expression.New _, Expression.Array _ -> PRIMARY;
    };
  }

  private static int of(String operator) {
    for (int i = 0; i < OPERATORS.size(); i++) {
      if (OPERATORS.get(i).contains(operator)) {
        return FIRST_OPERATOR + i;
      }
    }
    throw new IllegalArgumentException("no operator " + operator);
  }
}
