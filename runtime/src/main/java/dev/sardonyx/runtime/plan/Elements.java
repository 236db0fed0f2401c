package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/** Elements of a type by index: floats as double, integers and bool as 64 bits. */
record Elements(DType type) {

  /** The types that can be read and written. */
  static final Set<DType> TYPES =
      EnumSet.of(
          DType.FLOAT32,
          DType.FLOAT64,
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.UINT8,
          DType.UINT16,
          DType.UINT32,
          DType.UINT64,
          DType.BOOL);

  /** A float type's element. */
  double real(MemorySegment from, long index) {
    return switch (type) {
      case FLOAT32 -> from.get(JAVA_FLOAT_UNALIGNED, index * 4);
      case FLOAT64 -> from.get(JAVA_DOUBLE_UNALIGNED, index * 8);
      case FLOAT16 -> Float.float16ToFloat(from.get(JAVA_SHORT_UNALIGNED, index * 2));
      case BFLOAT16 -> Float.intBitsToFloat(from.get(JAVA_SHORT_UNALIGNED, index * 2) << 16);
      default -> throw new AssertionError(type); // Support has refused all others
    };
  }

  /** An integer type's element; unsigned 64 bits as they are. */
  long integer(MemorySegment from, long index) {
    return switch (type) {
      case INT64, UINT64 -> from.get(JAVA_LONG_UNALIGNED, index * 8);
      case INT32 -> from.get(JAVA_INT_UNALIGNED, index * 4);
      case UINT32 -> from.get(JAVA_INT_UNALIGNED, index * 4) & 0xFFFF_FFFFL;
      case INT16 -> from.get(JAVA_SHORT_UNALIGNED, index * 2);
      case UINT16 -> from.get(JAVA_SHORT_UNALIGNED, index * 2) & 0xFFFFL;
      case INT8 -> from.get(JAVA_BYTE, index);
      case UINT8, BOOL -> from.get(JAVA_BYTE, index) & 0xFFL;
      default -> throw new AssertionError(type);
    };
  }

  /** An element of any type cut to an integer. */
  long whole(MemorySegment from, long index) {
    return type.isFloat() ? (long) real(from, index) : integer(from, index);
  }

  /** Writes a float type's element, rounded. */
  void real(MemorySegment to, long index, double value) {
    switch (type) {
      case FLOAT32 -> to.set(JAVA_FLOAT_UNALIGNED, index * 4, (float) value);
      case FLOAT64 -> to.set(JAVA_DOUBLE_UNALIGNED, index * 8, value);
      case FLOAT16 -> to.set(JAVA_SHORT_UNALIGNED, index * 2, Float.floatToFloat16((float) value));
      case BFLOAT16 -> to.set(JAVA_SHORT_UNALIGNED, index * 2, bfloat16((float) value));
      default -> throw new AssertionError(type);
    }
  }

  /** Writes an integer type's element, cut to its bits. */
  void integer(MemorySegment to, long index, long value) {
    switch (type) {
      case INT64, UINT64 -> to.set(JAVA_LONG_UNALIGNED, index * 8, value);
      case INT32, UINT32 -> to.set(JAVA_INT_UNALIGNED, index * 4, (int) value);
      case INT16, UINT16 -> to.set(JAVA_SHORT_UNALIGNED, index * 2, (short) value);
      case INT8, UINT8 -> to.set(JAVA_BYTE, index, (byte) value);
      case BOOL -> to.set(JAVA_BYTE, index, (byte) (value == 0 ? 0 : 1));
      default -> throw new AssertionError(type);
    }
  }

  /** An element of any type as a double. */
  double number(MemorySegment from, long index) {
    if (type.isFloat()) {
      return real(from, index);
    }
    long value = integer(from, index);
    return type == DType.UINT64 && value < 0 ? (value >>> 1 | value & 1) * 2.0 : value;
  }

  /** Writes an element of any type: cut towards zero for integers, not 0 for bool. */
  void number(MemorySegment to, long index, double value) {
    if (type.isFloat()) {
      real(to, index, value);
    } else if (type == DType.BOOL) {
      integer(to, index, value == 0 ? 0 : 1);
    } else {
      boolean large = type == DType.UINT64 && value >= 0x1p63;
      integer(to, index, large ? (long) (value - 0x1p63) + Long.MIN_VALUE : (long) value);
    }
  }

  /** The order of two integer elements. */
  int compare(long a, long b) {
    return type == DType.UINT64 ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  /** To the nearest, ties to even. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
    return (short) ((Float.isNaN(value) ? bits | 0x40_0000 : rounded) >>> 16);
  }
}
