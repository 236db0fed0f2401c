package dev.sardonyx.runtime.kernel;

/** A {@link LoopBody} made ready. Thread-safe. */
@FunctionalInterface
interface Loop {
  /**
   * Computes n elements.
   *
   * @param values the arrays of the inputs, of which single ones are read at 0, then of the results
   */
  void run(float[][] values, int n);
}
