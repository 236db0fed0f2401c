package dev.sardonyx.processor.follow;

import com.sun.source.tree.AnyPatternTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.type.TypeMirror;

/** Whether values are of types and patterns, and what patterns bind. */
final class Patterns {
  private final Interpreter interpreter;

  Patterns(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Object test(Frame frame, InstanceOfTree tree) {
    Object value = interpreter.expressions().evaluate(frame, tree.getExpression());
    Optional<Boolean> fits =
        tree.getPattern() != null
            ? match(frame, tree.getPattern(), value)
            : isOf(frame, value, tree.getType());
    return fits.<Object>map(known -> known).orElse(Special.UNKNOWN);
  }

  /** Whether a value matches; if it does, the pattern's variables are set. */
  Optional<Boolean> match(Frame frame, PatternTree pattern, Object value) {
    return switch (pattern) {
      case BindingPatternTree binding -> bind(frame, binding.getVariable(), value);
      case DeconstructionPatternTree parts -> take(frame, parts, value);
      case AnyPatternTree _ -> Optional.of(true);
      default -> Optional.empty();
    };
  }

  private Optional<Boolean> bind(Frame frame, VariableTree variable, Object value) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), variable);
    element.ifPresent(local -> frame.set(local, value));
    return element.flatMap(local -> isOf(value, local.asType()));
  }

  private Optional<Boolean> take(Frame frame, DeconstructionPatternTree pattern, Object value) {
    Optional<Boolean> fits = isOf(frame, value, pattern.getDeconstructor());
    if (!fits.equals(Optional.of(true)) || !(value instanceof Instance instance)) {
      return fits.equals(Optional.of(false)) ? fits : Optional.empty();
    }
    List<? extends RecordComponentElement> components = instance.type().getRecordComponents();
    for (int i = 0; i < components.size(); i++) {
      Object part = interpreter.calls().component(instance, components.get(i));
      Optional<Boolean> inner = match(frame, pattern.getNestedPatterns().get(i), part);
      if (!inner.equals(Optional.of(true))) {
        return inner;
      }
    }
    return Optional.of(true);
  }

  private Optional<Boolean> isOf(Frame frame, Object value, Tree type) {
    return interpreter.sources().typeOf(frame.unit(), type).flatMap(known -> isOf(value, known));
  }

  private Optional<Boolean> isOf(Object value, TypeMirror type) {
    if (Special.isUnknown(value) || Certainty.isOpen(value)) {
      return Optional.empty();
    }
    if (value == Special.NULL) {
      return Optional.of(false);
    }
    if (value instanceof Instance instance) {
      return Optional.of(interpreter.isSubtype(instance.type().asType(), type));
    }
    if (value instanceof FunctionValue) {
      return Optional.empty();
    }
    return interpreter
        .classes()
        .of(type)
        .map(known -> known.isPrimitive() || known.isInstance(value));
  }
}
