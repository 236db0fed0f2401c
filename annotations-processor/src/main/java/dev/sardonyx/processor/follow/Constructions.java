package dev.sardonyx.processor.follow;

import dev.sardonyx.api.error.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.lang.model.element.ExecutableElement;

/** Constructor calls as they ought to be. */
final class Constructions {
  private Constructions() {}

  /** The call with the argument that does not fit replaced; empty where it is not among them. */
  static Optional<String> with(Creations.Made made, Mismatch mismatch) {
    ExecutableElement constructor = made.constructor();
    int wrong =
        IntStream.range(0, constructor.getParameters().size())
            .filter(
                i ->
                    constructor
                        .getParameters()
                        .get(i)
                        .getSimpleName()
                        .contentEquals(mismatch.argument()))
            .findFirst()
            .orElse(-1);
    if (wrong < 0 || !isNumber(made.values().get(wrong)) || mismatch.foundNumber().isEmpty()) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < made.texts().size(); i++) {
      arguments.add(i == wrong ? mismatch.found() : text(made, i));
    }
    return Optional.of(
        "new %s(%s)"
            .formatted(
                constructor.getEnclosingElement().getSimpleName(), String.join(", ", arguments)));
  }

  /** A number, or one in the array of a method of variable arity. */
  private static boolean isNumber(Object value) {
    return value instanceof Number || (value instanceof int[] array && array.length == 1);
  }

  /** The value where it is a number, whatever expression gave it; else as it is written. */
  private static String text(Creations.Made made, int index) {
    boolean plain =
        index < made.values().size()
            && (made.values().get(index) instanceof Integer
                || made.values().get(index) instanceof Boolean);
    return plain ? made.values().get(index).toString() : made.texts().get(index);
  }
}
