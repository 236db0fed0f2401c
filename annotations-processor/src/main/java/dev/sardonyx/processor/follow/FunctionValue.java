package dev.sardonyx.processor.follow;

import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.TypeElement;

/**
 * A lambda or method reference of the source.
 *
 * @param type the functional interface that it implements
 * @param body what it does with its arguments
 * @param captured the objects that it can reach
 */
record FunctionValue(TypeElement type, Function<List<Object>, Object> body, List<Object> captured) {
  Object call(List<Object> arguments) {
    return body.apply(arguments);
  }
}
