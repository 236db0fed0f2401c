package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Whether those who were timed have computed the same: times of wrong results are worth nothing.
 */
public final class Agreement {
  private Agreement() {}

  /**
   * Compares the outputs of all with those of the last, as a cross-check does. Errors: CHECK for
   * outputs that differ.
   *
   * @param random which outputs are left out
   * @param tolerance by name and element type
   */
  public static void require(
      SequencedMap<Contender, Map<String, Data>> outputs,
      Predicate<String> random,
      BiFunction<String, DType, Tolerance> tolerance) {
    Map.Entry<Contender, Map<String, Data>> reference = List.copyOf(outputs.entrySet()).getLast();
    outputs.forEach(
        (contender, found) ->
            reference
                .getValue()
                .forEach(
                    (name, right) -> {
                      Data left = Objects.requireNonNull(found.get(name), name);
                      var comparison =
                          Comparison.of(name, left, right, type -> tolerance.apply(name, type));
                      if (!random.test(name) && !comparison.passes()) {
                        String difference = comparison.difference().orElse(name);
                        throw differs(contender, reference.getKey(), difference);
                      }
                    }));
  }

  private static SardonyxException differs(Contender one, Contender other, String difference) {
    return new SardonyxException(
        ErrorCode.CHECK,
        "%s and %s differ, and times of wrong results are worth nothing: %s"
            .formatted(one, other, difference));
  }
}
