package dev.sardonyx.processor.follow;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.processor.model.Enclosing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.lang.model.element.ExecutableElement;

/** Constructor calls as they ought to be. */
final class Constructions {
  private Constructions() {}

  /** The call with the argument that does not fit replaced; empty where that is no legal call. */
  static Optional<String> with(Creations.Made made, Mismatch mismatch, Library library) {
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
    if (wrong < 0
        || mismatch.foundNumber().isEmpty()
        || !isLegal(made, wrong, (int) mismatch.foundNumber().getAsLong(), library)) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < made.texts().size(); i++) {
      arguments.add(i == wrong ? mismatch.found() : text(made, i));
    }
    return Optional.of(
        "new %s(%s)"
            .formatted(Enclosing.type(constructor).getSimpleName(), String.join(", ", arguments)));
  }

  private static boolean isLegal(Creations.Made made, int wrong, int found, Library library) {
    Object replacement =
        switch (made.values().get(wrong)) {
          case Integer _ -> found;
          case int[] array when array.length == 1 -> new int[] {found};
          default -> Special.UNKNOWN;
        };
    List<Object> values = new ArrayList<>(made.values());
    values.set(wrong, replacement);
    try {
      return !Special.isUnknown(library.construct(made.constructor(), values));
    } catch (SardonyxException refused) {
      return false;
    }
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
