package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * How values of one graph computed in two ways are judged.
 *
 * @param tolerance by the name of a value and its element type
 * @param leftOut values that are not compared, such as those that depend on random numbers
 */
public record Judging(BiFunction<String, DType, Tolerance> tolerance, Predicate<String> leftOut) {

  /** By what a value may be off to which many operators have added their rounding. */
  public static Judging standard() {
    return new Judging((_, dtype) -> Tolerance.ofModel(dtype), _ -> false);
  }

  Comparison compare(String name, Data found, Data expected) {
    return Comparison.of(name, found, expected, dtype -> tolerance.apply(name, dtype));
  }
}
