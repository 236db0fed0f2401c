package dev.sardonyx.api.tensor;

import dev.sardonyx.api.type.DType;

/** Roundings on the way from one type to another. */
final class Rounding {
  private static final int DOUBLE_BITS = 53;

  private Rounding() {}

  /**
   * The float that a double is, or else the odd one of its two neighbours: what is rounded once
   * more to at most 22 bits is then as if it had been rounded once.
   */
  static float odd(double value) {
    float near = (float) value;
    int bits = Float.floatToRawIntBits(near);
    if (near == value || Double.isNaN(value) || (bits & 1) == 1) {
      return near;
    }
    return Float.intBitsToFloat(Math.abs((double) near) > Math.abs(value) ? bits - 1 : bits + 1);
  }

  /** An integer as a double in the same sense; unsigned where the type is uint64. */
  static double odd(long value, DType type) {
    boolean negative = value < 0 && type != DType.UINT64;
    long magnitude = negative ? -value : value; // of the least: itself, as unsigned
    int excess = Long.SIZE - Long.numberOfLeadingZeros(magnitude) - DOUBLE_BITS;
    if (excess <= 0) {
      return value;
    }
    long cut = magnitude >>> excess;
    boolean exact = cut << excess == magnitude;
    double result = Math.scalb((double) (exact ? cut : cut | 1), excess);
    return negative ? -result : result;
  }

  /**
   * A number as the integer of a type: cut towards zero, then to the type's low bits; to 4 and 2
   * bits it is rounded instead, ties to even. What exceeds even 64 bits (32 for narrow types) is
   * the least integer, as on x86: ONNX leaves it open, NumPy and ONNX Runtime do so.
   */
  static long whole(double value, DType type) {
    return switch (type) {
      case BOOL -> value == 0 ? 0 : 1;
      case UINT64 -> value >= 0x1p63 ? unsigned(value) : wide(value);
      case INT64, UINT32 -> wide(value);
      case UINT4, INT4, UINT2, INT2 -> narrow(Math.rint(value));
      default -> narrow(value);
    };
  }

  private static long unsigned(double value) {
    return value < 0x1p64 ? (long) (value - 0x1p63) + Long.MIN_VALUE : 0;
  }

  private static long wide(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  private static long narrow(double value) {
    return value > -0x1p31 - 1 && value < 0x1p31 ? (long) value : Integer.MIN_VALUE;
  }
}
