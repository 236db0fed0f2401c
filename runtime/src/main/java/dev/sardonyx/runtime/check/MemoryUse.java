package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.diagnose.Bisection;
import java.util.Optional;

/**
 * What a check may take.
 *
 * @param bisecting whether all nodes are looked at, which by itself is reason to be sparing
 * @param asked bytes for weights, values and sessions
 * @param weights bytes of the model's own weights
 */
record MemoryUse(boolean bisecting, Optional<Long> asked, long weights) {
  /** What a bisection keeps to where nothing else is asked. */
  private static final long OF_BISECTION = 1L << 30;

  /** A model's own weights, those that an engine packs, and what is read and written meanwhile. */
  private static final int COPIES_OF_WEIGHTS = 6;

  static MemoryUse of(Graph graph, boolean bisecting, Optional<Long> asked) {
    long weights = graph.initializers().values().stream().mapToLong(DenseTensor::byteSize).sum();
    return new MemoryUse(bisecting, asked, weights);
  }

  /** Whether sessions of the whole model are opened. */
  boolean isWhole() {
    return asked.isEmpty() || isEnough(asked.get());
  }

  private boolean isEnough(long bytes) {
    return bytes / COPIES_OF_WEIGHTS > weights;
  }

  /** Whether memory is worth more than time. */
  boolean isSparing() {
    return bisecting || asked.isPresent();
  }

  /** For sessions of the whole model, on one thread: a bisection's where that is enough for it. */
  SessionOptions session() {
    SessionOptions alone = SessionOptions.defaults().threads(1);
    return asked
        .or(() -> bisecting && isEnough(OF_BISECTION) ? Optional.of(OF_BISECTION) : asked)
        .map(alone::within)
        .orElse(alone);
  }

  /**
   * A bisection of all nodes or up to the first fault, and within what. Where there are no sessions
   * of the whole model it is the one that gives outputs, and goes to the end.
   */
  Bisection bound(Bisection bisection) {
    if (bisecting || !isWhole()) {
      bisection.ofAll().within(OF_BISECTION);
    }
    return asked.map(bisection::within).orElse(bisection);
  }

  /** Tensors off the heap are freed by the collector, which does not feel them. */
  void letGo() {
    if (isSparing()) {
      System.gc();
    }
  }
}
