package dev.sardonyx.runtime.tune;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which way a node is computed, and what the others would have cost.
 *
 * @param way the cheapest
 * @param measured whether costs were measured on this machine; else a model estimates them
 * @param nanos the cost of each way in nanoseconds
 */
public record Decision(Way way, boolean measured, Map<Way, Double> nanos) {
  /** Copies the costs. */
  public Decision {
    nanos = Map.copyOf(nanos);
  }

  /** The cheapest of some ways; of equal ones the first. */
  public static Decision cheapest(boolean measured, Map<Way, Double> nanos) {
    var ordered = new EnumMap<Way, Double>(nanos);
    Way way = ordered.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return new Decision(way, measured, ordered);
  }

  /** What a way costs, in nanoseconds. */
  public double cost(Way of) {
    return Objects.requireNonNull(nanos.get(of), of::word);
  }

  /** What was not taken, the cheapest first. */
  public List<Way> others() {
    return nanos.keySet().stream()
        .filter(other -> other != way)
        .sorted(Comparator.comparing(this::cost).thenComparing(Way::ordinal))
        .toList();
  }
}
