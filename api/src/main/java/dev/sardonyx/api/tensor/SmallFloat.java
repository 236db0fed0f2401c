package dev.sardonyx.api.tensor;

import dev.sardonyx.api.type.DType;

/**
 * Floating-point numbers of 4 and 8 bits with a sign: value = (-1)^s * 2^(e - bias) * 1.m, without
 * the leading 1 where e = 0. Source: ONNX, "Float stored in 8 bits" and "Float stored in 4 bits".
 *
 * @param mantissaBits the bits of m
 * @param bias what is subtracted from e
 * @param most the code of the largest finite number
 * @param beyond the code of a number beyond it, where it does not saturate
 * @param nan the code of NaN; float4e2m1 has none and gives -0, as the reference of ONNX does
 * @param negativeZero whether -0 has a code of its own
 */
record SmallFloat(
    int bits, int mantissaBits, int bias, int most, int beyond, int nan, boolean negativeZero) {
  private static final SmallFloat E4M3FN = new SmallFloat(8, 3, 7, 0x7E, 0x7F, 0x7F, true);
  private static final SmallFloat E4M3FNUZ = new SmallFloat(8, 3, 8, 0x7F, 0x80, 0x80, false);
  private static final SmallFloat E5M2 = new SmallFloat(8, 2, 15, 0x7B, 0x7C, 0x7E, true);
  private static final SmallFloat E5M2FNUZ = new SmallFloat(8, 2, 16, 0x7F, 0x80, 0x80, false);
  private static final SmallFloat E2M1 = new SmallFloat(4, 1, 1, 7, 7, 8, true);

  /** The format of a type that is one of these. */
  static SmallFloat of(DType type) {
    return switch (type) {
      case FLOAT8E4M3FN -> E4M3FN;
      case FLOAT8E4M3FNUZ -> E4M3FNUZ;
      case FLOAT8E5M2 -> E5M2;
      case FLOAT8E5M2FNUZ -> E5M2FNUZ;
      case FLOAT4E2M1 -> E2M1;
      default -> throw new AssertionError(type);
    };
  }

  private int signBit() {
    return 1 << (bits - 1);
  }

  private int leastExponent() {
    return 1 - bias;
  }

  /** The number of a code. */
  double decode(int code) {
    int magnitude = code & (signBit() - 1);
    if (!negativeZero && code == signBit()) {
      return Double.NaN;
    }
    double sign = (code & signBit()) == 0 ? 1 : -1;
    if (magnitude > most) {
      return mantissaBits == 2 && magnitude == beyond ? sign / 0.0 : Double.NaN;
    }
    int exponent = magnitude >>> mantissaBits;
    int mantissa = magnitude & ((1 << mantissaBits) - 1);
    int whole = exponent == 0 ? mantissa : mantissa | 1 << mantissaBits;
    return sign * Math.scalb(whole, Math.max(exponent, 1) - bias - mantissaBits);
  }

  /** The code of the nearest number, of two the even one. */
  int encode(double value, boolean saturate) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? signBit() : 0;
    if (Double.isNaN(value)) {
      return bits == 4 ? nan ^ sign : nan | sign;
    }
    int code = nearest(Math.abs(value));
    if (code > most) {
      code = saturate ? most : beyond;
    }
    return code != 0 || negativeZero ? code | sign : code;
  }

  /** Codes of numbers that are not negative count them in order, past the largest one too. */
  private int nearest(double magnitude) {
    if (magnitude >= 0x1p20) { // all types end before
      return Integer.MAX_VALUE;
    }
    int exponent = Math.max(Math.getExponent(magnitude), leastExponent());
    int steps = (int) Math.rint(Math.scalb(magnitude, mantissaBits - exponent));
    return ((exponent - leastExponent()) << mantissaBits) + steps;
  }
}
