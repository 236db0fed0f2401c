package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs until times are stable: in rounds, until several in a row had no faster run than those
 * before. Java's compiler works beside it, so that a plateau must last to be the last.
 */
final class WarmUp {
  private static final long ROUND_NANOS = 100_000_000;

  /** Rounds without a faster run before it is over. */
  private static final int PATIENCE = 5;

  private static final long MOST_NANOS = 5_000_000_000L;

  /** What counts as faster. */
  private static final double FASTER = 0.95;

  private WarmUp() {}

  /** Zeros for every input, 1 where a dim is not fixed. Errors: INPUT for what is no tensor. */
  static Map<String, Tensor> inputs(Graph graph) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      boolean known =
          input.type() instanceof TensorType type
              && type.shape().isKnown()
              && type.dtype() != DType.STRING;
      if (!known) {
        throw new SardonyxException(
            ErrorCode.INPUT,
            "a warm-up cannot make input '"
                + input.name()
                + "', "
                + input.type()
                + "; give one by warmUp(Map)");
      }
      TensorType type = input.tensorType();
      long[] sizes =
          type.shape().dims().stream()
              .mapToLong(dim -> dim instanceof Dim.Fixed(long size) ? size : 1)
              .toArray();
      inputs.put(input.name(), Tensor.zeros(type.dtype(), sizes));
    }
    return inputs;
  }

  /** Runs until it gets no faster. Errors: those of a run. */
  static void run(Runnable run) {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    int patience = PATIENCE;
    while (patience > 0 && System.nanoTime() - start < MOST_NANOS) {
      long fastest = fastest(run);
      patience = fastest < best * FASTER ? PATIENCE : patience - 1;
      best = Math.min(best, fastest);
    }
  }

  /** The time of the fastest run of a round. */
  private static long fastest(Runnable run) {
    long start = System.nanoTime();
    long fastest = Long.MAX_VALUE;
    long before = start;
    do {
      run.run();
      long after = System.nanoTime();
      fastest = Math.min(fastest, after - before);
      before = after;
    } while (before - start < ROUND_NANOS);
    return fastest;
  }
}
