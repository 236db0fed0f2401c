package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.StoredPanels;
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

  private final Optional<Weights.Derived> packed;
  private final Packing packing;
  private final StoredBytes bytes;

  private PackedFilter(Optional<Weights.Derived> packed, Packing packing, StoredBytes bytes) {
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
    var bytes = new StoredBytes(WeightStorage.FLOAT32, Sizes.bytes(elements, kernels), 0);
    return of(call, weights, form, bytes, packing);
  }

  /** The same as right operands of products, in the storage of the session. */
  static PackedFilter of(
      Call call, Weights weights, Object form, FilterPanels panels, Kernels kernels) {
    WeightStorage storage = weights.storage(call.input(1));
    StoredBytes bytes = panels.bytes(storage, kernels);
    return of(call, weights, form, bytes, (from, to) -> panels.pack(kernels, from, bytes.in(to)));
  }

  private static PackedFilter of(
      Call call, Weights weights, Object form, StoredBytes bytes, Packing packing) {
    Optional<Weights.Derived> packed = weights.derived(call.input(1), form, bytes.all(), packing);
    return new PackedFilter(packed, packing, bytes);
  }

  /** Memory that it needs in each run. */
  long scratchBytes() {
    return packed.isPresent() ? 0 : MemoryBudget.aligned(bytes.all());
  }

  /** Where the packed weights are, once {@link #step} has run. */
  MemorySegment in(MemorySegment scratch) {
    return packed.map(Weights.Derived::segment).orElseGet(() -> scratch.asSlice(0, bytes.all()));
  }

  /** The same as right operands of products. */
  StoredPanels panels(MemorySegment scratch) {
    return bytes.in(in(scratch));
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
