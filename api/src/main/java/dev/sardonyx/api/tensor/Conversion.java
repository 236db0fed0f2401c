package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Cast.RoundMode;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;

/**
 * Elements of one real type as another. Floats are rounded once, to the nearest, ties to even; to
 * integers they are cut towards zero; integers keep their low bits; what is not 0 is true. saturate
 * and mode are what ONNX Cast asks of floats of 8 bits. Source: ONNX Cast; where it leaves the
 * result open, what NumPy and ONNX Runtime give.
 */
public record Conversion(DType from, DType to, boolean saturate, RoundMode mode) {

  /** The conversion as Cast does it by default. */
  public static Conversion of(DType from, DType to) {
    return new Conversion(from, to, true, RoundMode.UP);
  }

  /** Whether elements of both types can be read and written. */
  public boolean isPossible() {
    return Elements.TYPES.contains(from) && Elements.TYPES.contains(to);
  }

  /** Converts n elements; memory of a packed type is written as a whole, its last bits 0. */
  public void run(MemorySegment x, MemorySegment y, long n) {
    if (from == to) {
      y.copyFrom(x);
      return;
    }
    if (to.bits() < Byte.SIZE) {
      y.fill((byte) 0);
    }
    var read = new Elements(from);
    var write = new Elements(to);
    if (from.isFloat()) {
      reals(read, x, write, y, n);
    } else if (to.isFloat()) {
      boolean once = to == DType.FLOAT64;
      for (long i = 0; i < n; i++) {
        double value = once ? read.number(x, i) : Rounding.odd(read.integer(x, i), from);
        write.real(y, i, value, saturate, mode);
      }
    } else {
      for (long i = 0; i < n; i++) {
        write.integer(y, i, read.integer(x, i));
      }
    }
  }

  private void reals(Elements read, MemorySegment x, Elements write, MemorySegment y, long n) {
    if (to.isFloat()) {
      for (long i = 0; i < n; i++) {
        write.real(y, i, read.real(x, i), saturate, mode);
      }
    } else {
      for (long i = 0; i < n; i++) {
        write.integer(y, i, Rounding.whole(read.real(x, i), to));
      }
    }
  }
}
