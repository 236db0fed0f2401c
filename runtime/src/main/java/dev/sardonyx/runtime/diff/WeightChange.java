package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.Optional;

/**
 * How a weight differs.
 *
 * @param name in the first model, or in the second where it is new
 * @param renamed its name in the second, where that is another
 * @param before absent where it is new
 * @param after absent where it is gone
 * @param distance between the values, where both are there and of one type
 * @param equal elements with the same bits
 */
public record WeightChange(
    String name,
    Optional<String> renamed,
    Optional<TensorType> before,
    Optional<TensorType> after,
    Optional<Comparison> distance,
    long equal) {

  static WeightChange added(String name, DenseTensor tensor) {
    return new WeightChange(
        name, Optional.empty(), Optional.empty(), Optional.of(tensor.type()), Optional.empty(), 0);
  }

  static WeightChange removed(String name, DenseTensor tensor) {
    return new WeightChange(
        name, Optional.empty(), Optional.of(tensor.type()), Optional.empty(), Optional.empty(), 0);
  }

  /** Of two that are not the same. */
  static WeightChange changed(
      String name, Optional<String> renamed, DenseTensor before, DenseTensor after) {
    boolean alike = before.type().equals(after.type());
    return new WeightChange(
        name,
        renamed,
        Optional.of(before.type()),
        Optional.of(after.type()),
        alike
            ? Optional.of(Comparison.of(name, after, before, _ -> Tolerance.EXACT))
            : Optional.empty(),
        alike ? equal(before, after) : 0);
  }

  private static long equal(DenseTensor before, DenseTensor after) {
    long equal = 0;
    switch (before.dtype()) {
      case STRING -> {
        for (int i = 0; i < before.elements(); i++) {
          equal += before.strings().get(i).equals(after.strings().get(i)) ? 1 : 0;
        }
      }
      case INT64, UINT64 -> {
        for (long i = 0; i < before.elements(); i++) {
          equal += before.longAt(i) == after.longAt(i) ? 1 : 0;
        }
      }
      case COMPLEX64, COMPLEX128 -> {
        return 0; // they are not counted
      }
      default -> {
        for (long i = 0; i < before.elements(); i++) {
          equal += Double.compare(before.doubleAt(i), after.doubleAt(i)) == 0 ? 1 : 0;
        }
      }
    }
    return equal;
  }

  @Override
  public String toString() {
    String said = name + renamed.map(now -> ", now " + now).orElse("");
    if (before.isEmpty() || after.isEmpty()) {
      return (before.isEmpty() ? "added " : "removed ")
          + said
          + ": "
          + before.or(() -> after).map(TensorType::toString).orElse("");
    }
    return distance
        .map(
            apart ->
                "%s: %s, max abs %.2e, rel L2 %.2e, %d of %d elements the same"
                    .formatted(
                        said,
                        before.get(),
                        apart.maxAbsolute(),
                        apart.relativeL2(),
                        equal,
                        before.get().shape().elements().fixed()))
        .orElse(said + ": " + before.get() + " became " + after.get());
  }
}
