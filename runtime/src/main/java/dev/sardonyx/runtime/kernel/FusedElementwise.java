package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** An {@link ElementwiseProgram} that a set of kernels has made ready. Immutable. */
public interface FusedElementwise {

  /** A program on memory, for one thread at a time. Allocates nothing. */
  @FunctionalInterface
  interface Bound {
    /** Computes the elements from one on up to another. Errors: INTERRUPTED, LIMIT. */
    void run(long from, long to);
  }

  /** Elements that a range should be cut at multiples of. */
  int chunk();

  /** The size of the scratch segment that one thread needs. */
  long scratchElements();

  /**
   * The program on memory; y may be one of the full operands.
   *
   * @param operands as the program has them
   * @param scratch at least {@link #scratchElements} elements, the thread's own
   * @param arrays the thread's own
   */
  Bound bind(
      List<MemorySegment> operands, MemorySegment y, MemorySegment scratch, HotArrays arrays);
}
