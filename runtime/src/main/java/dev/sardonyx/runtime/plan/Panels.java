package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PanelStoring;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;

/**
 * The right operand of products as kernels want it: a stack of k x n matrices, each packed alone.
 *
 * @param rowStride elements from a row to the next in the operand as it is stored
 * @param columnStride the same from a column to the next
 */
record Panels(long count, int k, int n, long rowStride, long columnStride) {

  /**
   * The matrices of an operand (..., K, N), or (..., N, K) when transposed; a vector is a column.
   */
  static Panels of(long[] sizes, boolean transposed) {
    if (sizes.length == 1) {
      return new Panels(1, Sizes.narrow(sizes[0]), 1, 1, 1);
    }
    int rank = sizes.length;
    int rows = Sizes.narrow(sizes[rank - 2]);
    int columns = Sizes.narrow(sizes[rank - 1]);
    long count = Sizes.product(sizes, 0, rank - 2);
    return transposed
        ? new Panels(count, columns, rows, 1, columns)
        : new Panels(count, rows, columns, columns, 1);
  }

  /** The same with the columns of each matrix cut into parts of one size, each a matrix. */
  Panels cut(int parts) {
    return new Panels(count * parts, k, n / parts, rowStride, columnStride);
  }

  /** The packed size of one matrix in elements. */
  long elements(Kernels kernels) {
    return kernels.panelElements(k, n);
  }

  /** The size of all matrices in a storage. Errors: LIMIT. */
  StoredBytes bytes(WeightStorage storage, Kernels kernels) {
    return StoredBytes.of(storage, count, k, n, kernels);
  }

  /** The packed size of all matrices. Errors: LIMIT. */
  long allBytes(Kernels kernels) {
    return Sizes.bytes(Sizes.multiply(count, elements(kernels)), kernels);
  }

  /** The shape of products of m rows with one matrix each. */
  WeightParts.Shape shape(long m) {
    return WeightParts.Shape.ofRows(count, m, k, n);
  }

  /** Packs one matrix. */
  void pack(Kernels kernels, MemorySegment operand, long index, MemorySegment to, long toOffset) {
    long from = index * k * n;
    kernels.packPanels(operand, from, k, n, rowStride, columnStride, to, toOffset);
  }

  /** Packs all in a narrow storage that holds them. */
  void storeAll(Kernels kernels, MemorySegment operand, StoredPanels to) {
    for (long i = 0; i < count; i++) {
      long at = i * k * n;
      PanelStoring.pack(
          kernels,
          k,
          n,
          (fromRow, rows, fromColumn, columns, part) -> {
            long from = at + fromRow * rowStride + fromColumn * columnStride;
            kernels.packPanels(operand, from, rows, columns, rowStride, columnStride, part, 0);
          },
          to.matrix(i, k, n, kernels));
    }
  }

  /** Packs all, one after the other. */
  void packAll(Kernels kernels, MemorySegment operand, MemorySegment to) {
    for (long i = 0; i < count; i++) {
      pack(kernels, operand, i, to, i * elements(kernels));
    }
  }
}
