package dev.sardonyx.api.tensor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sardonyx.api.op.Cast.RoundMode;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Elements of a real type by index: floats as double, integers and bool as 64 bits. Types under a
 * byte are packed, the first element in the low bits. Out of bounds is the segment's error; types
 * that are not among {@link #TYPES} are the caller's mistake.
 */
public record Elements(DType type) {

  /** The types that can be read and written: all but strings and complex numbers. */
  public static final Set<DType> TYPES =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(DType.STRING, DType.COMPLEX64, DType.COMPLEX128)));

  /** A float type's element. */
  public double real(MemorySegment from, long index) {
    return switch (type) {
      case FLOAT32 -> from.get(JAVA_FLOAT_UNALIGNED, index * 4);
      case FLOAT64 -> from.get(JAVA_DOUBLE_UNALIGNED, index * 8);
      case FLOAT16 -> Float.float16ToFloat(from.get(JAVA_SHORT_UNALIGNED, index * 2));
      case BFLOAT16 -> Float.intBitsToFloat(from.get(JAVA_SHORT_UNALIGNED, index * 2) << 16);
      case FLOAT8E8M0 -> Scale.decode(code(from, index));
      default -> SmallFloat.of(type).decode(code(from, index));
    };
  }

  /** An integer type's element; unsigned 64 bits as they are. */
  public long integer(MemorySegment from, long index) {
    return switch (type) {
      case INT64, UINT64 -> from.get(JAVA_LONG_UNALIGNED, index * 8);
      case INT32 -> from.get(JAVA_INT_UNALIGNED, index * 4);
      case UINT32 -> from.get(JAVA_INT_UNALIGNED, index * 4) & 0xFFFF_FFFFL;
      case INT16 -> from.get(JAVA_SHORT_UNALIGNED, index * 2);
      case UINT16 -> from.get(JAVA_SHORT_UNALIGNED, index * 2) & 0xFFFFL;
      case INT8 -> from.get(JAVA_BYTE, index);
      case UINT8, BOOL -> from.get(JAVA_BYTE, index) & 0xFFL;
      case UINT4, UINT2 -> code(from, index);
      case INT4, INT2 -> (long) code(from, index) << (64 - type.bits()) >> (64 - type.bits());
      default -> throw new AssertionError(type);
    };
  }

  /** An element of any type cut to an integer. */
  public long whole(MemorySegment from, long index) {
    return type.isFloat() ? (long) real(from, index) : integer(from, index);
  }

  /** Writes a float type's element, rounded once; beyond the largest of 8 and 4 bits is that. */
  public void real(MemorySegment to, long index, double value) {
    real(to, index, value, true, RoundMode.UP);
  }

  /** The same; saturate and mode are what Cast says of floats of 8 bits. */
  public void real(MemorySegment to, long index, double value, boolean saturate, RoundMode mode) {
    switch (type) {
      case FLOAT32 -> to.set(JAVA_FLOAT_UNALIGNED, index * 4, (float) value);
      case FLOAT64 -> to.set(JAVA_DOUBLE_UNALIGNED, index * 8, value);
      case FLOAT16 ->
          to.set(JAVA_SHORT_UNALIGNED, index * 2, Float.floatToFloat16(Rounding.odd(value)));
      case BFLOAT16 -> to.set(JAVA_SHORT_UNALIGNED, index * 2, bfloat16(Rounding.odd(value)));
      case FLOAT8E8M0 -> code(to, index, Scale.encode(value, saturate, mode));
      default -> code(to, index, SmallFloat.of(type).encode(value, saturate));
    }
  }

  /** Writes an integer type's element, cut to its bits. */
  public void integer(MemorySegment to, long index, long value) {
    switch (type) {
      case INT64, UINT64 -> to.set(JAVA_LONG_UNALIGNED, index * 8, value);
      case INT32, UINT32 -> to.set(JAVA_INT_UNALIGNED, index * 4, (int) value);
      case INT16, UINT16 -> to.set(JAVA_SHORT_UNALIGNED, index * 2, (short) value);
      case INT8, UINT8 -> to.set(JAVA_BYTE, index, (byte) value);
      case BOOL -> to.set(JAVA_BYTE, index, (byte) (value == 0 ? 0 : 1));
      case UINT4, INT4, UINT2, INT2 -> code(to, index, (int) value);
      default -> throw new AssertionError(type);
    }
  }

  /** A number as a float type of 16 bits or more holds it. */
  public double rounded(double value) {
    return switch (type) {
      case FLOAT32 -> (float) value;
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(Rounding.odd(value)));
      case BFLOAT16 -> Float.intBitsToFloat(bfloat16(Rounding.odd(value)) << 16);
      case FLOAT64 -> value;
      default -> throw new AssertionError(type);
    };
  }

  /** The least number of an integer type. */
  public long least() {
    return switch (type) {
      case INT64, INT32, INT16, INT8, INT4, INT2 -> -1L << (type.bits() - 1);
      default -> 0;
    };
  }

  /** The largest number of an integer type; of unsigned 64 bits all of them. */
  public long largest() {
    return type == DType.BOOL ? 1 : least() < 0 ? ~least() : -1L >>> (64 - type.bits());
  }

  /** An element of any type as a double. */
  public double number(MemorySegment from, long index) {
    if (type.isFloat()) {
      return real(from, index);
    }
    long value = integer(from, index);
    return type == DType.UINT64 && value < 0 ? (value >>> 1 | value & 1) * 2.0 : value;
  }

  /** Writes an element of any type as Cast does: see {@link Conversion}. */
  public void number(MemorySegment to, long index, double value) {
    if (type.isFloat()) {
      real(to, index, value);
    } else {
      integer(to, index, Rounding.whole(value, type));
    }
  }

  /** The order of two integer elements. */
  public int compare(long a, long b) {
    return type == DType.UINT64 ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  /** The bits of an element of a byte or less. */
  int code(MemorySegment from, long index) {
    int bits = type.bits();
    if (bits == 8) {
      return from.get(JAVA_BYTE, index) & 0xFF;
    }
    int perByte = 8 / bits;
    int shift = (int) (index % perByte) * bits;
    return from.get(JAVA_BYTE, index / perByte) >>> shift & ((1 << bits) - 1);
  }

  /** Writes the low bits; elements beside it in the byte stay. */
  void code(MemorySegment to, long index, int value) {
    int bits = type.bits();
    if (bits == 8) {
      to.set(JAVA_BYTE, index, (byte) value);
      return;
    }
    int perByte = 8 / bits;
    int shift = (int) (index % perByte) * bits;
    int mask = (1 << bits) - 1;
    int others = to.get(JAVA_BYTE, index / perByte) & ~(mask << shift);
    to.set(JAVA_BYTE, index / perByte, (byte) (others | (value & mask) << shift));
  }

  /** To the nearest, ties to even: the upper half of a float. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
    return (short) ((Float.isNaN(value) ? bits | 0x40_0000 : rounded) >>> 16);
  }
}
