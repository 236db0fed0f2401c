package dev.sardonyx.processor.follow;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.NewArrayTree;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Arrays: those of what is known are Java's, others hold objects. */
final class ArrayAccess {
  private final Interpreter interpreter;

  ArrayAccess(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Object create(Frame frame, NewArrayTree tree) {
    Optional<TypeMirror> type = interpreter.sources().typeOf(frame.unit(), tree);
    if (type.isEmpty() || type.get().getKind() != TypeKind.ARRAY) {
      return Special.UNKNOWN;
    }
    Class<?> component = interpreter.component(type.get());
    if (tree.getInitializers() != null) {
      List<Object> elements =
          tree.getInitializers().stream()
              .map(each -> interpreter.expressions().evaluate(frame, each))
              .toList();
      return interpreter.array(component, elements);
    }
    if (tree.getDimensions().size() != 1) {
      return Special.UNKNOWN;
    }
    Object length = interpreter.expressions().evaluate(frame, tree.getDimensions().getFirst());
    return interpreter.array(type.get(), length);
  }

  Object read(Frame frame, ArrayAccessTree tree) {
    Object array = interpreter.expressions().evaluate(frame, tree.getExpression());
    Object index = interpreter.expressions().evaluate(frame, tree.getIndex());
    if (!isAccess(array, index)) {
      return Special.UNKNOWN;
    }
    int at = ((Number) index).intValue();
    if (at < 0 || at >= Array.getLength(array)) {
      throw new Thrown();
    }
    Object element = Array.get(array, at);
    return element == null ? Special.NULL : element;
  }

  private boolean isAccess(Object array, Object index) {
    return array.getClass().isArray()
        && Arithmetic.number(index).isPresent()
        && !interpreter.heap().isSpoiled(array);
  }

  Object write(Frame frame, ArrayAccessTree tree, Supplier<Object> expression) {
    Object array = interpreter.expressions().evaluate(frame, tree.getExpression());
    Object index = interpreter.expressions().evaluate(frame, tree.getIndex());
    Object value = expression.get();
    if (!isAccess(array, index) || interpreter.heap().isSpeculative()) {
      interpreter.library().forget(array);
      return value;
    }
    interpreter.store(array, ((Number) index).intValue(), value);
    return value;
  }
}
