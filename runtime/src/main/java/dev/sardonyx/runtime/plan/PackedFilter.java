package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The weights of a convolution as a kernel wants them: packed once for the session where they are
 * constant, else in each run.
 */
final class PackedFilter {

  /** Writes the packed form of weights. */
  interface Packing {
    void pack(MemorySegment weights, MemorySegment to);
  }

  private final Optional<MemorySegment> packed;
  private final Packing packing;
  private final long bytes;

  private PackedFilter(Optional<MemorySegment> packed, Packing packing, long bytes) {
    this.packed = packed;
    this.packing = packing;
    this.bytes = bytes;
  }

  /**
   * The weights of a call, input 1.
   *
   * @param form all that the packed form depends on besides the weights
   * @param elements its size
   */
  static PackedFilter of(
      Call call, Weights weights, Object form, long elements, Kernels kernels, Packing packing) {
    long bytes = Sizes.bytes(elements, kernels);
    return new PackedFilter(weights.derived(call.input(1), form, bytes, packing), packing, bytes);
  }

  /** Memory that it needs in each run. */
  long scratchBytes() {
    return packed.isPresent() ? 0 : MemoryBudget.aligned(bytes);
  }

  /** Where the packed weights are, once {@link #step} has run. */
  MemorySegment in(MemorySegment scratch) {
    return packed.orElseGet(() -> scratch.asSlice(0, bytes));
  }

  /** What has to be done in each run before. */
  Step step(Buffers buffers) {
    if (packed.isPresent()) {
      return () -> {};
    }
    MemorySegment weights = buffers.input(1);
    MemorySegment to = in(buffers.scratch());
    return () -> packing.pack(weights, to);
  }
}
