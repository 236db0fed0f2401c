package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;

/** The memory of packed matrices in a storage: their values, then their scales. */
record StoredBytes(WeightStorage storage, long values, long scales) {

  /** What a number of matrices, k x n each, takes. Errors: LIMIT. */
  static StoredBytes of(WeightStorage storage, long count, int k, int n, Kernels kernels) {
    long elements = Sizes.multiply(count, kernels.panelElements(k, n));
    return new StoredBytes(
        storage,
        Sizes.multiply(elements, StoredPanels.elementBits(storage, kernels)) / Byte.SIZE,
        Sizes.multiply(count, StoredPanels.scaleBytes(storage, k, n, kernels)));
  }

  /** All of it. Errors: LIMIT. */
  long all() {
    return Sizes.add(MemoryBudget.aligned(values), scales);
  }

  /** The panels in memory of that size. */
  StoredPanels in(MemorySegment memory) {
    MemorySegment ofScales = memory.asSlice(scales == 0 ? 0 : MemoryBudget.aligned(values), scales);
    return new StoredPanels(storage, memory.asSlice(0, values), ofScales);
  }
}
