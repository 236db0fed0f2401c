package dev.sardonyx.runtime.generate.model;

import java.util.List;

/** An expression, of forward or of a constructor: as much of Java as models need. */
public sealed interface Expression {
  /** A whole number; beyond int it is written with an L. */
  record Whole(long value) implements Expression {}

  /** A double. */
  record Real(double value) implements Expression {}

  /** {@code true} or {@code false}. */
  record Truth(boolean value) implements Expression {}

  /** A string. */
  record Text(String value) implements Expression {}

  /** {@code null}. */
  record Null() implements Expression {}

  /** A local variable, a parameter of forward or of the constructor. */
  record Name(String name) implements Expression {}

  /** A field; written with {@code this.} where a parameter or local hides it. */
  record FieldName(String name) implements Expression {}

  /** A constant of an enum or class: {@code DType.INT64}. */
  record Constant(TypeName type, String name) implements Expression {}

  /** {@code receiver.method(arguments)}; layers are called by {@code forward}. */
  record Call(Expression receiver, String method, List<Expression> arguments)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code Type.method(arguments)}. */
  record StaticCall(TypeName type, String method, List<Expression> arguments)
      implements Expression {
    public StaticCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code new Type(arguments)}; a generic type is written with {@code <>}. */
  record New(TypeName type, List<Expression> arguments) implements Expression {
    public New {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code new type[] {elements}} of a primitive type. */
  record Array(Class<?> type, List<Expression> elements) implements Expression {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /** A layer's options: {@code o -> o.stride(2).bias(false)}; never empty. */
  record Options(List<Option> options) implements Expression {
    public Options {
      options = List.copyOf(options);
    }
  }

  /** {@code a operator b} of numbers, conditions or strings; brackets are the writer's. */
  record Binary(Expression left, String operator, Expression right) implements Expression {}

  /** {@code condition ? then : otherwise}. */
  record Conditional(Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /** One call of a layer's options. */
  record Option(String name, List<Expression> arguments) {
    public Option {
      arguments = List.copyOf(arguments);
    }
  }
}
