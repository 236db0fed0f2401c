package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.diagnose.QuantizationDrift;
import dev.sardonyx.runtime.diagnose.RandomValues;
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

  /** The same for a graph whose quantised outputs may move, and which may draw random numbers. */
  public static Judging of(Graph graph, QuantizationDrift drift) {
    var random = RandomValues.of(graph);
    return new Judging(
        (name, dtype) -> drift.widened(name, Tolerance.ofModel(dtype)), random::contains);
  }

  Comparison compare(String name, Data found, Data expected) {
    return Comparison.of(name, found, expected, dtype -> tolerance.apply(name, dtype));
  }
}
