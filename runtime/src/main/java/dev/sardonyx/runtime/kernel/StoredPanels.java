package dev.sardonyx.runtime.kernel;

import dev.sardonyx.api.engine.WeightStorage;
import java.lang.foreign.MemorySegment;

/**
 * Right operands of products, packed one after the other, in a storage. In float32 the values are
 * what {@link Kernels#packPanels} writes (float64 on such kernels); in int8 bytes in that order; in
 * float16 shorts. In bfloat16 a row of a panel is one int for each two columns: those of the first
 * half of the panel in the low bits, those of the second in the high ones, so that a shift or a
 * mask makes floats of them. In int4 it is a byte for each two columns, likewise.
 *
 * @param values the packed matrices
 * @param scales in int8 a factor for each column, those that fill up the last panel included; in
 *     int4 panel by panel a row of factors for each {@link Nibbles#GROUP} rows, laid out as rows of
 *     bfloat16 are; else empty
 * @param split the parts of the same numbers, where products are computed from those
 */
public record StoredPanels(
    WeightStorage storage, MemorySegment values, MemorySegment scales, SplitPanels split) {

  /** Without parts. */
  public StoredPanels(WeightStorage storage, MemorySegment values, MemorySegment scales) {
    this(storage, values, scales, SplitPanels.NONE);
  }

  /** Panels of floats, or of doubles. */
  public static StoredPanels plain(MemorySegment panels) {
    return new StoredPanels(WeightStorage.FLOAT32, panels, MemorySegment.NULL);
  }

  /** The bits of an element; whole panels have whole bytes. */
  public static int elementBits(WeightStorage storage, Kernels kernels) {
    return storage == WeightStorage.FLOAT32 ? kernels.elementBytes() * Byte.SIZE : storage.bits();
  }

  /** The bytes of the scales of one matrix, k x n. */
  public static long scaleBytes(WeightStorage storage, int k, int n, Kernels kernels) {
    return switch (storage) {
      case FLOAT32, BFLOAT16, FLOAT16 -> 0;
      case INT8 -> columns(n, kernels) * Float.BYTES;
      case INT4 -> columns(n, kernels) * Nibbles.groups(k) * Short.BYTES;
    };
  }

  /** The columns of a matrix of n, with those that fill up its last panel. */
  public static long columns(int n, Kernels kernels) {
    return (long) Math.ceilDiv(n, kernels.panelWidth()) * kernels.panelWidth();
  }

  /** One of the matrices, which are k x n each. */
  public StoredPanels matrix(long index, int k, int n, Kernels kernels) {
    return matrices(index, 1, k, n, kernels);
  }

  /** Some of the matrices, or one of all their panels side by side. */
  public StoredPanels matrices(long first, int count, int k, int n, Kernels kernels) {
    long bytes = kernels.panelElements(k, n) * elementBits(storage, kernels) / Byte.SIZE;
    long ofScales = scaleBytes(storage, k, n, kernels);
    return new StoredPanels(
        storage,
        values.asSlice(first * bytes, count * bytes),
        scales.asSlice(first * ofScales, count * ofScales),
        split.matrices(first, count, k, n, kernels));
  }

  /** The same, which nobody can write. */
  public StoredPanels asReadOnly() {
    return new StoredPanels(storage, values.asReadOnly(), scales.asReadOnly(), split.asReadOnly());
  }

  /** The same with parts. */
  public StoredPanels with(SplitPanels parts) {
    return new StoredPanels(storage, values, scales, parts);
  }

  /** Whether the values are narrower than the kernels' own. */
  public boolean isNarrow() {
    return storage != WeightStorage.FLOAT32;
  }

  /** Whether sums are to be multiplied by {@link #scales}. */
  public boolean isScaled() {
    return storage == WeightStorage.INT8;
  }
}
