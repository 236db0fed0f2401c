package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedClass.ConstructorParameter;
import dev.sardonyx.runtime.generate.write.Layout.Fill;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a class's fields, made where they are declared unless a constructor parameter is needed.
 */
final class FieldWriter {
  private static final int MEMBER = 2;
  private static final int STATEMENT = 4;
  private static final int MORE = 4;

  private final GeneratedClass type;
  private final Names names;
  private final Set<String> parameters;

  /** The fields that the constructor makes. */
  private final Set<String> assigned = new HashSet<>();

  FieldWriter(GeneratedClass type, Names names) {
    this.type = type;
    this.names = names;
    parameters =
        type.parameters().stream().map(ConstructorParameter::name).collect(Collectors.toSet());
    for (Field field : type.fields()) {
      if (isAssigned(field.value())) {
        assigned.add(field.name());
      }
    }
  }

  private boolean isAssigned(Expression value) {
    return switch (value) {
      case Expression.Name(String name) -> parameters.contains(name);
      case Expression.FieldName(String name) -> assigned.contains(name);
      case Expression.Call(var receiver, _, var arguments) ->
          isAssigned(receiver) || anyAssigned(arguments);
      case Expression.StaticCall(_, _, var arguments) -> anyAssigned(arguments);
      case Expression.New(_, var arguments) -> anyAssigned(arguments);
      case Expression.Array(_, var elements) -> anyAssigned(elements);
      case Expression.Options(var options) ->
          options.stream().anyMatch(option -> anyAssigned(option.arguments()));
      case Expression.Binary(var left, _, var right) -> isAssigned(left) || isAssigned(right);
      case Expression.Conditional(var condition, var then, var otherwise) ->
          isAssigned(condition) || isAssigned(then) || isAssigned(otherwise);
      case Expression.Whole _, Expression.Real _, Expression.Truth _, Expression.Text _ -> false;
      case Expression.Null _, Expression.Constant _ -> false;
    };
  }

  private boolean anyAssigned(List<Expression> values) {
    return values.stream().anyMatch(this::isAssigned);
  }

  /** The declarations; one that takes several lines stands apart. */
  String write() {
    var text = new StringBuilder();
    boolean apart = false;
    for (Field field : type.fields()) {
      String lines = declaration(field);
      boolean isLong = lines.stripLeading().startsWith(annotation(field) + "\n");
      if (!text.isEmpty() && (isLong || apart)) {
        text.append('\n');
      }
      text.append(lines);
      apart = isLong;
    }
    return text.toString();
  }

  private String annotation(Field field) {
    String layer = "@" + names.of(Layer.class);
    return field.name().equals(field.torchName())
        ? layer
        : layer + "(" + Literals.of(field.torchName()) + ")";
  }

  private String declaration(Field field) {
    String annotation = annotation(field);
    var layout = new Layout(MEMBER).open(0).text(annotation);
    layout.lineEnd(annotation.endsWith(")") ? Fill.ALWAYS : Fill.TOGETHER, " ");
    layout.text("final " + names.of(field.type()) + " " + field.name());
    if (!assigned.contains(field.name())) {
      layout.text(" =").open(MORE).lineEnd(Fill.ONE_BY_ONE, " ");
      new ExpressionWriter(layout, names, Set.of()).write(field.value());
      layout.close();
    }
    return layout.text(";").close().lines();
  }

  /** The assignments of the constructor. */
  String writeAssignments() {
    var text = new StringBuilder();
    for (Field field : type.fields()) {
      if (assigned.contains(field.name())) {
        String own = parameters.contains(field.name()) ? "this." : "";
        var layout = new Layout(STATEMENT).open(MORE).text(own + field.name() + " =");
        layout.lineEnd(Fill.TOGETHER, " ");
        new ExpressionWriter(layout, names, parameters).write(field.value());
        text.append(layout.text(";").close().lines());
      }
    }
    return text.toString();
  }
}
