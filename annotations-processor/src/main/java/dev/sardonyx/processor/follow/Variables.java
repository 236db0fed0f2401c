package dev.sardonyx.processor.follow;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import dev.sardonyx.processor.model.Enclosing;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Names: local variables, fields, constants, this. */
final class Variables {
  private final Interpreter interpreter;

  Variables(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Object named(Frame frame, IdentifierTree tree) {
    if (tree.getName().contentEquals("this")) {
      return frame.self().<Object>map(self -> self).orElse(Special.UNKNOWN);
    }
    return interpreter
        .sources()
        .element(frame.unit(), tree)
        .filter(VariableElement.class::isInstance)
        .map(element -> value(frame, (VariableElement) element))
        .orElse(Special.UNKNOWN);
  }

  private Object value(Frame frame, VariableElement variable) {
    if (variable.getConstantValue() != null) {
      return variable.getConstantValue();
    }
    if (!variable.getKind().isField()) {
      return frame.get(variable);
    }
    if (variable.getModifiers().contains(Modifier.STATIC)) {
      return interpreter.statics().get(variable);
    }
    return owner(frame, variable).map(instance -> instance.get(variable)).orElse(Special.UNKNOWN);
  }

  /** The instance, this or one around it, that has a field. */
  private Optional<Instance> owner(Frame frame, VariableElement field) {
    return interpreter.around(frame.self(), Enclosing.type(field));
  }

  Object selected(Frame frame, MemberSelectTree tree) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), tree);
    if (tree.getIdentifier().contentEquals("this")) {
      return interpreter
          .sources()
          .element(frame.unit(), tree.getExpression())
          .filter(TypeElement.class::isInstance)
          .flatMap(type -> interpreter.around(frame.self(), (TypeElement) type))
          .<Object>map(self -> self)
          .orElse(Special.UNKNOWN);
    }
    if (tree.getIdentifier().contentEquals("length") && isArrayLength(element)) {
      Object array = interpreter.expressions().evaluate(frame, tree.getExpression());
      return array.getClass().isArray()
          ? (Object) java.lang.reflect.Array.getLength(array)
          : Special.UNKNOWN;
    }
    return element
        .filter(VariableElement.class::isInstance)
        .map(field -> selected(frame, tree, (VariableElement) field))
        .orElse(Special.UNKNOWN);
  }

  private static boolean isArrayLength(Optional<Element> element) {
    return element
        .map(Element::getEnclosingElement)
        .filter(owner -> owner.getSimpleName().contentEquals("Array"))
        .isPresent();
  }

  private Object selected(Frame frame, MemberSelectTree tree, VariableElement field) {
    if (field.getConstantValue() != null) {
      return field.getConstantValue();
    }
    if (field.getModifiers().contains(Modifier.STATIC)) {
      return interpreter.statics().get(field);
    }
    Object object = interpreter.expressions().evaluate(frame, tree.getExpression());
    return object instanceof Instance instance ? instance.get(field) : Special.UNKNOWN;
  }

  /** Writes a variable and gives the value. */
  Object assign(Frame frame, ExpressionTree target, Object value) {
    Optional<Element> element = interpreter.sources().element(frame.unit(), target);
    if (element.isPresent() && element.get() instanceof VariableElement variable) {
      assign(frame, target, variable, value);
    }
    return value;
  }

  private void assign(Frame frame, ExpressionTree target, VariableElement variable, Object value) {
    if (!variable.getKind().isField()) {
      frame.set(variable, value);
    } else if (variable.getModifiers().contains(Modifier.STATIC)) {
      interpreter.statics().set(variable, value);
    } else if (target instanceof MemberSelectTree select) {
      Object object = interpreter.expressions().evaluate(frame, select.getExpression());
      if (object instanceof Instance instance) {
        interpreter.heap().write(instance, variable, value);
      }
    } else {
      owner(frame, variable)
          .ifPresent(instance -> interpreter.heap().write(instance, variable, value));
    }
  }
}
