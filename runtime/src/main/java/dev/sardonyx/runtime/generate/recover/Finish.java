package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.Statement;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last touches: defaults are left out, and calls of all of a list's modules become a loop. */
final class Finish {
  private static final int FEWEST = 2;

  private Finish() {}

  static GeneratedClass of(GeneratedClass given) {
    List<Field> fields =
        given.fields().stream()
            .map(
                field ->
                    new Field(
                        field.name(),
                        field.torchName(),
                        field.type(),
                        field.nullable(),
                        Rewrite.of(field.value(), Defaults::dropped)))
            .toList();
    return new GeneratedClass(
        given.name(),
        given.doc(),
        given.parameters(),
        fields,
        given.inputs(),
        Rewrite.statements(looped(given.statements(), fields), Defaults::dropped),
        Rewrite.results(given.results(), Defaults::dropped));
  }

  private static List<Statement> looped(List<Statement> statements, List<Field> fields) {
    List<Statement> result = new ArrayList<>();
    int at = 0;
    while (at < statements.size()) {
      Optional<Statement.ForEach> loop = loop(statements, at, fields);
      if (loop.isPresent()) {
        Run run = Run.of(statements.get(at)).orElseThrow();
        if (!run.from().equals(run.to())) {
          result.add(new Statement.Declare(run.type(), run.to(), new Expression.Name(run.from())));
        }
        result.add(loop.get());
        at += size(loop.get(), fields);
      } else {
        result.add(statements.get(at++));
      }
    }
    return result;
  }

  private static int size(Statement.ForEach loop, List<Field> fields) {
    return fields.stream()
        .filter(field -> loop.values().equals(new Expression.FieldName(field.name())))
        .mapToInt(Finish::elements)
        .sum();
  }

  private static int elements(Field field) {
    return field.value() instanceof Expression.New(_, var elements) ? elements.size() : 0;
  }

  /** One call of a module in a list: to = list.get(index).forward(from, others). */
  private record Run(
      TypeName type, String to, Expression list, long index, String from, List<Expression> others) {
    static Optional<Run> of(Statement statement) {
      return switch (statement) {
        case Statement.Declare(var type, var name, var value) -> of(type, name, value);
        case Statement.Assign(var name, var value) ->
            of(new TypeName("", "", List.of()), name, value);
        case Statement.ForEach _, Statement.If _ -> Optional.empty();
      };
    }

    private static Optional<Run> of(TypeName type, String to, Expression value) {
      boolean fits =
          value
                  instanceof
                  Expression.Call(
                      Expression.Call(Expression.FieldName _, var get, var index),
                      var forward,
                      var arguments)
              && get.equals("get")
              && forward.equals("forward")
              && index.getFirst() instanceof Expression.Whole
              && arguments.getFirst() instanceof Expression.Name;
      if (!fits) {
        return Optional.empty();
      }
      var outer = (Expression.Call) value;
      var inner = (Expression.Call) outer.receiver();
      return Optional.of(
          new Run(
              type,
              to,
              inner.receiver(),
              ((Expression.Whole) inner.arguments().getFirst()).value(),
              ((Expression.Name) outer.arguments().getFirst()).name(),
              outer.arguments().subList(1, outer.arguments().size())));
    }
  }

  private static Optional<Statement.ForEach> loop(
      List<Statement> statements, int at, List<Field> fields) {
    Optional<Run> first = Run.of(statements.get(at));
    if (first.isEmpty() || first.get().index() != 0) {
      return Optional.empty();
    }
    Run run = first.get();
    Optional<Field> field =
        fields.stream()
            .filter(each -> run.list().equals(new Expression.FieldName(each.name())))
            .filter(each -> each.type().simpleName().equals(ModuleList.class.getSimpleName()))
            .filter(each -> elements(each) >= FEWEST)
            .findFirst();
    if (field.isEmpty() || at + elements(field.get()) > statements.size()) {
      return Optional.empty();
    }
    for (int i = 1; i < elements(field.get()); i++) {
      Statement next = statements.get(at + i);
      Optional<Run> its = next instanceof Statement.Assign ? Run.of(next) : Optional.empty();
      boolean goesOn =
          its.isPresent()
              && its.get().index() == i
              && its.get().list().equals(run.list())
              && its.get().to().equals(run.to())
              && its.get().from().equals(run.to())
              && its.get().others().equals(run.others());
      if (!goesOn) {
        return Optional.empty();
      }
    }
    TypeName element = field.get().type().arguments().getFirst();
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new Expression.Name(run.to()));
    arguments.addAll(run.others());
    String each =
        run.others().stream().anyMatch(new Expression.Name("each")::equals) ? "next" : "each";
    Statement body =
        new Statement.Assign(
            run.to(), new Expression.Call(new Expression.Name(each), "forward", arguments));
    return Optional.of(new Statement.ForEach(element, each, run.list(), List.of(body)));
  }
}
