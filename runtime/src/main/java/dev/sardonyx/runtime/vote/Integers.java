package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import java.math.BigInteger;

/** Integers of ONNX's widths in 64 bits, unsigned 64 bits as they are. */
final class Integers {
  private Integers() {}

  static boolean isSigned(DType dtype) {
    return switch (dtype) {
      case INT64, INT32, INT16, INT8, INT4, INT2 -> true;
      default -> false;
    };
  }

  /** The low bits of a number, as many as the type has. */
  static long wrapped(DType dtype, long value) {
    if (dtype == DType.BOOL) {
      return value == 0 ? 0 : 1;
    }
    int rest = Long.SIZE - dtype.bits();
    return isSigned(dtype) ? value << rest >> rest : value << rest >>> rest;
  }

  static double asDouble(DType dtype, long value) {
    return dtype == DType.UINT64 && value < 0
        ? new BigInteger(Long.toUnsignedString(value)).doubleValue()
        : value;
  }

  /** The bounds of a type, as doubles: the larger one of 64 bits is the first beyond it. */
  static double least(DType dtype) {
    return isSigned(dtype) ? -Math.scalb(1.0, dtype.bits() - 1) : 0;
  }

  static double largest(DType dtype) {
    return Math.scalb(1.0, dtype.bits() - (isSigned(dtype) ? 1 : 0)) - 1;
  }

  static int compare(DType dtype, long a, long b) {
    return dtype == DType.UINT64 ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  /** Towards zero; the least signed number over -1 is itself again, as it has no opposite. */
  static long quotient(DType dtype, long a, long b) {
    requireDivisor(b);
    return dtype == DType.UINT64 ? Long.divideUnsigned(a, b) : a / b;
  }

  /** Of the sign of a (C) or of b (Python). */
  static long remainder(DType dtype, long a, long b, boolean signOfDividend) {
    requireDivisor(b);
    if (dtype == DType.UINT64) {
      return Long.remainderUnsigned(a, b);
    }
    long rest = a % b;
    return signOfDividend || rest == 0 || rest < 0 == b < 0 ? rest : rest + b;
  }

  private static void requireDivisor(long b) {
    if (b == 0) {
      throw open("an integer divided by 0");
    }
  }

  /** By squaring, modulo the bits of the type. */
  static long power(DType dtype, DType exponents, long base, long exponent) {
    if (isSigned(exponents) && exponent < 0) {
      if (base == 0) {
        throw open("0 to the power of " + exponent + " as an integer");
      }
      boolean odd = (exponent & 1) != 0;
      return base == 1 || base == -1 && !odd ? 1 : base == -1 ? -1 : 0;
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest != 0; rest >>>= 1) {
      result = (rest & 1) != 0 ? result * square : result;
      square *= square;
    }
    return wrapped(dtype, result);
  }

  /** A float cut towards zero. */
  static long cut(DType dtype, double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    boolean fits = whole >= least(dtype) && whole < Math.scalb(1.0, bitsOfSize(dtype));
    if (!fits) {
      throw open("the float " + value + " as " + dtype);
    }
    return dtype == DType.UINT64 && whole >= 0x1p63
        ? (long) (whole - 0x1p63) + Long.MIN_VALUE
        : (long) whole;
  }

  private static int bitsOfSize(DType dtype) {
    return dtype.bits() - (isSigned(dtype) ? 1 : 0);
  }

  static SardonyxException open(String what) {
    return new SardonyxException(ErrorCode.ARGUMENT, "ONNX does not define " + what);
  }
}
