package dev.sardonyx.runtime.generate.model;

import java.util.List;

/** A statement of forward. */
public sealed interface Statement {
  /** {@code Tensor name = value;} */
  record Declare(TypeName type, String name, Expression value) implements Statement {}

  /** {@code name = value;} of a local variable or a parameter. */
  record Assign(String name, Expression value) implements Statement {}

  /** {@code for (type name : values) { ... }} */
  record ForEach(TypeName type, String name, Expression values, List<Statement> statements)
      implements Statement {
    public ForEach {
      statements = List.copyOf(statements);
    }
  }

  /** {@code if (condition) { ... }} */
  record If(Expression condition, List<Statement> statements) implements Statement {
    public If {
      statements = List.copyOf(statements);
    }
  }
}
