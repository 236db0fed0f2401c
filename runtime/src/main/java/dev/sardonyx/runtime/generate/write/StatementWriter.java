package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Statement;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.write.Layout.Fill;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes statements, one after the other: locals hide fields from their declaration on. */
final class StatementWriter {
  private static final int BLOCK = 2;
  private static final int MORE = 4;

  private final Names names;
  private final Set<String> hidden;

  /** A writer of a method with these parameters. */
  StatementWriter(Names names, Set<String> parameters) {
    this.names = names;
    hidden = new HashSet<>(parameters);
  }

  String write(List<Statement> statements, int indent) {
    var text = new StringBuilder();
    statements.forEach(statement -> text.append(write(statement, indent)));
    return text.toString();
  }

  private String write(Statement statement, int indent) {
    return switch (statement) {
      case Statement.Declare(TypeName type, String name, Expression value) -> {
        hidden.add(name);
        var layout = new Layout(indent).open(0).text(names.of(type) + " " + name + " =");
        layout.open(MORE).lineEnd(Fill.ONE_BY_ONE, " ");
        expressions(layout).write(value);
        yield layout.close().text(";").close().lines();
      }
      case Statement.Assign(String name, Expression value) -> {
        var layout = new Layout(indent).open(MORE).text(name + " =");
        layout.lineEnd(Fill.TOGETHER, " ");
        expressions(layout).write(value);
        yield layout.text(";").close().lines();
      }
      case Statement.ForEach(var type, String name, Expression values, var statements) -> {
        hidden.add(name);
        var layout = new Layout(indent).text("for (" + names.of(type) + " " + name + " : ");
        expressions(layout).write(values);
        yield block(layout, statements, indent);
      }
      case Statement.If(Expression condition, List<Statement> statements) -> {
        var layout = new Layout(indent).text("if (");
        expressions(layout).write(condition);
        yield block(layout, statements, indent);
      }
    };
  }

  private String block(Layout head, List<Statement> statements, int indent) {
    return head.text(") {").lines()
        + write(statements, indent + BLOCK)
        + " ".repeat(indent)
        + "}\n";
  }

  String writeReturn(Expression value, int indent) {
    var layout = new Layout(indent).text("return ");
    expressions(layout).write(value);
    return layout.text(";").lines();
  }

  private ExpressionWriter expressions(Layout layout) {
    return new ExpressionWriter(layout, names, hidden);
  }
}
