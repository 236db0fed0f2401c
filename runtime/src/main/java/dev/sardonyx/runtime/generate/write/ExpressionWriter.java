package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.write.Layout.Fill;
import java.util.List;
import java.util.Set;

/** Writes expressions, with the places where google-java-format would end a line. */
final class ExpressionWriter {
  private static final int MORE = 4;

  /** Lists of nothing longer than this are filled line by line. */
  static final int SHORT = 10;

  private final Layout layout;
  private final Names names;
  private final Set<String> hidden;

  /**
   * A writer to a layout.
   *
   * @param hidden names of fields that a parameter or local variable hides
   */
  ExpressionWriter(Layout layout, Names names, Set<String> hidden) {
    this.layout = layout;
    this.names = names;
    this.hidden = hidden;
  }

  void write(Expression expression) {
    switch (expression) {
      case Expression.Whole(long value) -> layout.text(Literals.of(value));
      case Expression.Real(double value) -> layout.text(Literals.of(value));
      case Expression.Truth(boolean value) -> layout.text(Boolean.toString(value));
      case Expression.Text(String value) -> layout.text(Literals.of(value));
      case Expression.Null() -> layout.text("null");
      case Expression.Name(String name) -> layout.text(name);
      case Expression.FieldName(String name) ->
          layout.text(hidden.contains(name) ? "this." + name : name);
      case Expression.Constant(var type, String name) -> layout.text(names.of(type) + "." + name);
      case Expression.Call _, Expression.StaticCall _ ->
          new ChainWriter(layout, names, hidden, this).write(expression);
      case Expression.New(var type, List<Expression> arguments) -> {
        layout.text("new " + names.raw(type) + (type.arguments().isEmpty() ? "" : "<>"));
        arguments(arguments, () -> MORE);
      }
      case Expression.Array(Class<?> type, List<Expression> elements) -> {
        layout.text("new " + type.getTypeName() + "[] {");
        elements(elements);
      }
      case Expression.Options options -> options(options);
      case Expression.Binary binary -> binary(binary);
      case Expression.Conditional(var condition, var then, var otherwise) -> {
        layout.open(MORE);
        bracketed(condition, Precedence.of(condition) <= Precedence.CONDITIONAL);
        layout.lineEnd(Fill.TOGETHER, " ").text("? ");
        bracketed(then, Precedence.of(then) < Precedence.CONDITIONAL);
        layout.lineEnd(Fill.TOGETHER, " ").text(": ");
        write(otherwise);
        layout.close();
      }
    }
  }

  private void bracketed(Expression expression, boolean brackets) {
    layout.text(brackets ? "(" : "");
    write(expression);
    layout.text(brackets ? ")" : "");
  }

  /** The arguments of a call in their brackets. */
  void arguments(List<Expression> arguments, Layout.Indent indent) {
    layout.open(indent).text("(");
    if (!arguments.isEmpty()) {
      layout.lineEnd(Fill.TOGETHER, "").open(0);
      list(arguments);
      layout.close();
    }
    layout.text(")").close();
  }

  private void list(List<Expression> expressions) {
    Fill fill = isShort(expressions) ? Fill.ONE_BY_ONE : Fill.TOGETHER;
    for (int i = 0; i < expressions.size(); i++) {
      if (i > 0) {
        layout.text(",").lineEnd(fill, " ");
      }
      write(expressions.get(i));
    }
  }

  private boolean isShort(List<Expression> expressions) {
    return expressions.stream().allMatch(expression -> flat(expression).length() < SHORT);
  }

  /** An expression on one line. */
  private String flat(Expression expression) {
    var line = new Layout(0);
    new ExpressionWriter(line, names, hidden).write(expression);
    return line.flat();
  }

  /** The elements of an array after its opening bracket. */
  private void elements(List<Expression> elements) {
    if (elements.isEmpty()) {
      layout.text("}");
      return;
    }
    layout.open(2).lineEnd(Fill.TOGETHER, "").open(0);
    list(elements);
    layout.close().lineEnd(Fill.TOGETHER, "", -2, new Layout.Mark()).close().text("}");
  }

  /** {@code o -> o.stride(2).bias(false)}. */
  private void options(Expression.Options options) {
    layout.text("o ->").open(MORE).lineEnd(Fill.TOGETHER, " ");
    Expression calls = new Expression.Name("o");
    for (Expression.Option option : options.options()) {
      calls = new Expression.Call(calls, option.name(), option.arguments());
    }
    write(calls);
    layout.close();
  }

  private void binary(Expression.Binary binary) {
    layout.open(MORE);
    int own = Precedence.of(binary);
    operands(binary, own, isShort(List.of(binary.left(), binary.right())));
    layout.close();
  }

  /** Operators of one precedence are one list of operands. */
  private void operands(Expression.Binary binary, int own, boolean isShort) {
    if (binary.left() instanceof Expression.Binary left && Precedence.of(left) == own) {
      operands(left, own, isShort);
    } else {
      bracketed(binary.left(), Precedence.of(binary.left()) < own);
    }
    layout.lineEnd(isShort ? Fill.ONE_BY_ONE : Fill.TOGETHER, " ").text(binary.operator() + " ");
    bracketed(binary.right(), Precedence.of(binary.right()) <= own);
  }
}
