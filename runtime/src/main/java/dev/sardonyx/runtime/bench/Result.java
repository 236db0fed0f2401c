package dev.sardonyx.runtime.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a lane took.
 *
 * @param bytesPerRun what the calling thread allocated in the heap
 * @param stable whether the warm-up ended before its time was over
 * @param roundNanos the median of each round
 */
public record Result(
    Contender contender,
    int runs,
    double medianMillis,
    double p10Millis,
    double p99Millis,
    double bytesPerRun,
    boolean stable,
    List<Double> roundNanos) {

  /**
   * How many times as long another took, by the medians of all runs, and the quartiles of that over
   * the rounds, in which both saw the same moments of the machine.
   */
  public record Ratio(double median, double lowerQuartile, double upperQuartile) {}

  /** How many times as long another took. */
  public Ratio ratioOf(Result other) {
    int rounds = Math.min(roundNanos.size(), other.roundNanos.size());
    double[] ratios =
        IntStream.range(0, rounds)
            .mapToDouble(i -> other.roundNanos.get(i) / roundNanos.get(i))
            .sorted()
            .toArray();
    return new Ratio(
        other.medianMillis / medianMillis, ratios[rounds / 4], ratios[rounds - 1 - rounds / 4]);
  }
}
