package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.write.Layout.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes calls of calls: {@code a.b(x).c(y)}. */
final class ChainWriter {
  private static final int MORE = 4;

  /** Behind so short a name no line ends. */
  private static final int SHORT_NAME = 4;

  private final Layout layout;
  private final Names names;
  private final Set<String> hidden;
  private final ExpressionWriter expressions;

  ChainWriter(Layout layout, Names names, Set<String> hidden, ExpressionWriter expressions) {
    this.layout = layout;
    this.names = names;
    this.hidden = hidden;
    this.expressions = expressions;
  }

  /** A name between dots, with arguments where it is called. */
  private record Link(String name, Optional<List<Expression>> arguments) {}

  void write(Expression call) {
    List<Link> links = new ArrayList<>();
    Optional<Expression> primary = collect(call, links);
    boolean typed = isTyped(call);
    long calls = links.stream().filter(link -> link.arguments().isPresent()).count();
    int firstCall = 0;
    while (links.get(firstCall).arguments().isEmpty()) {
      firstCall++;
    }
    int prefix = -1;
    if (calls == 1 && firstCall > 0) {
      prefix = firstCall;
    } else if (typed || links.getFirst().name().equals("this")) {
      prefix = 1;
    }
    layout.open(MORE);
    primary.ifPresent(
        first -> {
          boolean brackets = Precedence.of(first) <= Precedence.ofOperators();
          layout.text(brackets ? "(" : "");
          expressions.write(first);
          layout.text(brackets ? ")" : "");
        });
    if (prefix >= 0) {
      prefixed(links, prefix);
    } else {
      plain(links, primary.isPresent());
    }
    layout.close();
  }

  /** The links of a chain, first one first; what it starts with, where that is no name. */
  private Optional<Expression> collect(Expression expression, List<Link> links) {
    switch (expression) {
      case Expression.Call(var receiver, String method, var arguments) -> {
        Optional<Expression> primary = collect(receiver, links);
        links.add(new Link(method, Optional.of(arguments)));
        return primary;
      }
      case Expression.StaticCall(var type, String method, var arguments) -> {
        for (String part : names.of(type).split("\\.")) {
          links.add(new Link(part, Optional.empty()));
        }
        links.add(new Link(method, Optional.of(arguments)));
        return Optional.empty();
      }
      case Expression.Constant(var type, String name) -> {
        for (String part : names.of(type).split("\\.")) {
          links.add(new Link(part, Optional.empty()));
        }
        links.add(new Link(name, Optional.empty()));
        return Optional.empty();
      }
      case Expression.Name(String name) -> {
        links.add(new Link(name, Optional.empty()));
        return Optional.empty();
      }
      case Expression.FieldName(String name) -> {
        if (hidden.contains(name)) {
          links.add(new Link("this", Optional.empty()));
        }
        links.add(new Link(name, Optional.empty()));
        return Optional.empty();
      }
      default -> {
        return Optional.of(expression);
      }
    }
  }

  /** Whether a chain begins with the name of a type. */
  private static boolean isTyped(Expression call) {
    Expression first = call;
    while (first instanceof Expression.Call(var receiver, _, _)) {
      first = receiver;
    }
    return first instanceof Expression.StaticCall || first instanceof Expression.Constant;
  }

  /** A chain whose first links go together: {@code Functional.relu(x)}, {@code fc.forward(x)}. */
  private void prefixed(List<Link> links, int prefix) {
    var mark = new Layout.Mark();
    int trailing = prefix < links.size() - 1 ? MORE : 0;
    layout.open(0);
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (i > 0) {
        layout.lineEnd(i <= prefix ? Fill.ONE_BY_ONE : Fill.TOGETHER, "", 0, mark).text(".");
      }
      layout.text(link.name());
      if (i == prefix) {
        layout.close();
      }
      link.arguments()
          .ifPresent(
              arguments ->
                  expressions.arguments(arguments, () -> mark.isTaken() ? MORE : trailing));
    }
  }

  /** A chain with a line for each link, where it does not fit. */
  private void plain(List<Link> links, boolean dotted) {
    int length = dotted ? SHORT_NAME : 0;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (i > 0 || dotted) {
        if (length > SHORT_NAME) {
          layout.lineEnd(Fill.TOGETHER, "");
        }
        layout.text(".");
        length++;
      }
      layout.text(link.name());
      int indent = links.size() > 1 || dotted ? MORE : 0;
      link.arguments().ifPresent(arguments -> expressions.arguments(arguments, () -> indent));
      length += link.arguments().isPresent() ? SHORT_NAME + 1 : link.name().length();
    }
  }
}
