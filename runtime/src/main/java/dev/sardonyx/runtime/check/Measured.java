package dev.sardonyx.runtime.check;

import dev.sardonyx.api.tensor.Data;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.function.Supplier;

/** The outputs of a run and the median time of the last repetitions, in milliseconds. */
record Measured(Map<String, Data> outputs, double milliseconds) {
  private static final int COUNTED = 5;

  /** How many times the duration may pass until so many runs are counted. */
  private static final int PATIENCE = 10;

  /**
   * Repeats a run for some time, so that the JVM has compiled what is timed, but at least as often
   * as is counted, unless runs are slow for that. The outputs are the last run's: by then buffers
   * are used ones and the code is compiled, as in production.
   */
  static Measured of(Supplier<Map<String, Data>> run, Duration duration) {
    Map<String, Data> outputs = run.get();
    var last = new ArrayDeque<Double>();
    long start = System.nanoTime();
    while (last.isEmpty() || System.nanoTime() - start < limit(last.size(), duration)) {
      long before = System.nanoTime();
      outputs = run.get();
      last.addLast((System.nanoTime() - before) / 1e6);
      if (last.size() > COUNTED) {
        last.removeFirst();
      }
    }
    return new Measured(outputs, last.stream().sorted().toList().get(last.size() / 2));
  }

  private static long limit(int counted, Duration duration) {
    return counted < COUNTED ? PATIENCE * duration.toNanos() : duration.toNanos();
  }
}
