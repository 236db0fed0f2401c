package dev.sardonyx.runtime.check;

import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** The outputs of a run and the median time of some repetitions, in milliseconds. */
record Measured(Map<String, Tensor> outputs, double milliseconds) {
  private static final int RUNS = 5;

  /** No more repetitions begin once this much time has gone. */
  private static final long ENOUGH_NANOS = 2_000_000_000L;

  static Measured of(Supplier<Map<String, Tensor>> run) {
    Map<String, Tensor> outputs = run.get();
    double[] times = new double[RUNS];
    int done = 0;
    long start = System.nanoTime();
    do {
      long before = System.nanoTime();
      run.get();
      times[done++] = (System.nanoTime() - before) / 1e6;
    } while (done < RUNS && System.nanoTime() - start < ENOUGH_NANOS);
    Arrays.sort(times, 0, done);
    return new Measured(outputs, times[done / 2]);
  }
}
