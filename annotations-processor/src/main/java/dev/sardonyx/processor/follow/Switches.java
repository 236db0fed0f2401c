package dev.sardonyx.processor.follow;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;

/** Switch statements and expressions. */
final class Switches {
  private final Interpreter interpreter;

  Switches(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Completion execute(Frame frame, SwitchTree tree) {
    Object selector = interpreter.expressions().evaluate(frame, tree.getExpression());
    Completion end = run(frame, selector, tree.getCases(), false);
    return end instanceof Completion.Break(Optional<?> label) && label.isEmpty()
        ? Completion.NORMAL
        : end;
  }

  Object evaluate(Frame frame, SwitchExpressionTree tree) {
    Object selector = interpreter.expressions().evaluate(frame, tree.getExpression());
    List<Object> values = new ArrayList<>();
    Completion end = run(frame, selector, tree.getCases(), true, values);
    if (end instanceof Completion.Throw) {
      throw new Thrown();
    }
    Object value = values.isEmpty() ? Special.UNKNOWN : interpreter.values().common(values);
    return interpreter
        .sources()
        .typeOf(frame.unit(), tree)
        .map(type -> interpreter.converted(value, type))
        .orElse(value);
  }

  private Completion run(
      Frame frame, Object selector, List<? extends CaseTree> cases, boolean yields) {
    return run(frame, selector, cases, yields, new ArrayList<>());
  }

  private Completion run(
      Frame frame,
      Object selector,
      List<? extends CaseTree> cases,
      boolean yields,
      List<Object> values) {
    Optional<Integer> chosen = chosen(frame, selector, cases);
    if (chosen.isPresent()) {
      return chosen.get() < 0
          ? Completion.NORMAL
          : from(frame, cases, chosen.get(), yields, values);
    }
    List<Supplier<Completion>> paths = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      int at = i;
      paths.add(() -> unbroken(from(frame, cases, at, yields, values)));
    }
    boolean complete = yields || cases.stream().anyMatch(Switches::isDefault);
    if (!complete) {
      paths.add(() -> Completion.NORMAL);
    }
    return interpreter.alternatives().run(frame, paths);
  }

  /** So that a case which breaks and one which runs to the end agree. */
  private static Completion unbroken(Completion end) {
    boolean leaves =
        end instanceof Completion.Break(Optional<?> label) && label.isEmpty()
            || end instanceof Completion.Yield;
    return leaves ? Completion.NORMAL : end;
  }

  /** The index of the case that is taken, -1 for none; empty where that is not known. */
  private Optional<Integer> chosen(Frame frame, Object selector, List<? extends CaseTree> cases) {
    int fallback = -1;
    for (int i = 0; i < cases.size(); i++) {
      for (CaseLabelTree label : cases.get(i).getLabels()) {
        if (label instanceof DefaultCaseLabelTree) {
          fallback = i;
          continue;
        }
        Optional<Boolean> matches = matches(frame, selector, cases.get(i), label);
        if (matches.isEmpty() || matches.get()) {
          return matches.isEmpty() ? Optional.empty() : Optional.of(i);
        }
      }
    }
    return Optional.of(fallback);
  }

  private Optional<Boolean> matches(
      Frame frame, Object selector, CaseTree each, CaseLabelTree label) {
    if (Special.isUnknown(selector)) {
      return Optional.empty();
    }
    Optional<Boolean> fits =
        switch (label) {
          case ConstantCaseLabelTree constant ->
              isConstant(frame, selector, constant.getConstantExpression());
          case PatternCaseLabelTree pattern ->
              interpreter.patterns().match(frame, pattern.getPattern(), selector);
          default -> Optional.empty();
        };
    boolean guarded = fits.equals(Optional.of(true)) && each.getGuard() != null;
    return guarded ? interpreter.expressions().condition(frame, each.getGuard()) : fits;
  }

  private Optional<Boolean> isConstant(Frame frame, Object selector, ExpressionTree constant) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), constant);
    if (element.isPresent() && element.get().getKind() == ElementKind.ENUM_CONSTANT) {
      return Optional.of(name(selector).equals(element.get().getSimpleName().toString()));
    }
    Object value = interpreter.expressions().evaluate(frame, constant);
    if (Special.isUnknown(value)) {
      return Optional.empty();
    }
    Optional<Number> a = Arithmetic.number(selector);
    Optional<Number> b = Arithmetic.number(value);
    return Optional.of(
        a.isPresent() && b.isPresent()
            ? a.get().longValue() == b.get().longValue()
            : selector.equals(value));
  }

  private String name(Object selector) {
    return switch (selector) {
      case Enum<?> constant -> constant.name();
      case Instance instance -> interpreter.statics().constantName(instance).orElse("");
      default -> "";
    };
  }

  private static boolean isDefault(CaseTree each) {
    return each.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance)
        || each.getLabels().stream().anyMatch(PatternCaseLabelTree.class::isInstance);
  }

  private Completion from(
      Frame frame, List<? extends CaseTree> cases, int first, boolean yields, List<Object> values) {
    CaseTree one = cases.get(first);
    if (one.getCaseKind() == CaseTree.CaseKind.RULE) {
      return rule(frame, one.getBody(), yields, values);
    }
    for (CaseTree each : cases.subList(first, cases.size())) {
      List<? extends StatementTree> statements = each.getStatements();
      Completion end = interpreter.statements().execute(frame, statements);
      if (!end.isNormal()) {
        return yielded(end, values);
      }
    }
    return Completion.NORMAL;
  }

  private Completion rule(Frame frame, Tree body, boolean yields, List<Object> values) {
    return switch (body) {
      case ExpressionTree expression -> {
        Object value = interpreter.expressions().evaluate(frame, expression);
        if (yields) {
          values.add(value);
        }
        yield Completion.NORMAL;
      }
      case StatementTree statement ->
          yielded(interpreter.statements().execute(frame, statement), values);
      default -> Completion.NORMAL;
    };
  }

  private static Completion yielded(Completion end, List<Object> values) {
    if (end instanceof Completion.Yield(Object value)) {
      values.add(value);
    }
    return end;
  }
}
