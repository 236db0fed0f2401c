package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;

/**
 * Numbers of 64 bits in the order of elements: the larger comes first, or with largest off the
 * smaller. NaN is larger than all else, and both zeros are one.
 */
public final class SortKeys {
  private final Elements elements;
  private final boolean largest;

  /** Keys of elements of a type. */
  public SortKeys(DType type, boolean largest) {
    this.elements = new Elements(type);
    this.largest = largest;
  }

  /** The key of an element. */
  public long of(MemorySegment from, long index) {
    long key = elements.type().isFloat() ? real(elements.real(from, index)) : integer(from, index);
    return largest ? key : ~key;
  }

  private long integer(MemorySegment from, long index) {
    long value = elements.integer(from, index);
    return elements.type() == DType.UINT64 ? value ^ Long.MIN_VALUE : value;
  }

  private static long real(double value) {
    if (Double.isNaN(value)) {
      return Long.MAX_VALUE;
    }
    long bits = Double.doubleToRawLongBits(value + 0.0); // -0 + 0 is 0
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }
}
