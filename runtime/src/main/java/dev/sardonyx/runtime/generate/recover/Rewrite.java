package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.GeneratedClass.Result;
import dev.sardonyx.runtime.generate.model.Statement;
import java.util.List;
import java.util.function.UnaryOperator;

/** Expressions with parts replaced, innermost first. */
final class Rewrite {
  private Rewrite() {}

  static Expression of(Expression given, UnaryOperator<Expression> change) {
    Expression inner =
        switch (given) {
          case Expression.Call(var receiver, var method, var arguments) ->
              new Expression.Call(of(receiver, change), method, all(arguments, change));
          case Expression.StaticCall(var type, var method, var arguments) ->
              new Expression.StaticCall(type, method, all(arguments, change));
          case Expression.New(var type, var arguments) ->
              new Expression.New(type, all(arguments, change));
          case Expression.Array(var type, var elements) ->
              new Expression.Array(type, all(elements, change));
          case Expression.Options(var options) ->
              new Expression.Options(
                  options.stream()
                      .map(
                          option ->
                              new Expression.Option(option.name(), all(option.arguments(), change)))
                      .toList());
          case Expression.Binary(var left, var operator, var right) ->
              new Expression.Binary(of(left, change), operator, of(right, change));
          case Expression.Conditional(var condition, var then, var otherwise) ->
              new Expression.Conditional(
                  of(condition, change), of(then, change), of(otherwise, change));
          case Expression.Whole _,
              Expression.Real _,
              Expression.Truth _,
              Expression.Text _,
              Expression.Null _,
              Expression.Name _,
              Expression.FieldName _,
              Expression.Constant _ ->
              given;
        };
    return change.apply(inner);
  }

  private static List<Expression> all(
      List<Expression> expressions, UnaryOperator<Expression> change) {
    return expressions.stream().map(expression -> of(expression, change)).toList();
  }

  static Statement of(Statement given, UnaryOperator<Expression> change) {
    return switch (given) {
      case Statement.Declare(var type, var name, var value) ->
          new Statement.Declare(type, name, of(value, change));
      case Statement.Assign(var name, var value) -> new Statement.Assign(name, of(value, change));
      case Statement.ForEach(var type, var name, var values, var statements) ->
          new Statement.ForEach(type, name, of(values, change), statements(statements, change));
      case Statement.If(var condition, var statements) ->
          new Statement.If(of(condition, change), statements(statements, change));
    };
  }

  static List<Statement> statements(List<Statement> given, UnaryOperator<Expression> change) {
    return given.stream().map(statement -> of(statement, change)).toList();
  }

  static List<Result> results(List<Result> given, UnaryOperator<Expression> change) {
    return given.stream()
        .map(result -> new Result(result.name(), of(result.value(), change)))
        .toList();
  }
}
