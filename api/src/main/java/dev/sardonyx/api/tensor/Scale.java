package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Cast.RoundMode;

/** Powers of two from 2^-127 to 2^127 in 8 bits: float8e8m0. Source: ONNX Cast as of opset 24. */
final class Scale {
  private static final int BIAS = 127;
  private static final int NAN = 0xFF;
  private static final int MOST = 0xFE;

  private Scale() {}

  static double decode(int code) {
    return code == NAN ? Double.NaN : Math.scalb(1.0, code - BIAS);
  }

  /** The code of a power near a number; what is negative counts as below the least one. */
  static int encode(double value, boolean saturate, RoundMode mode) {
    if (Double.isNaN(value)) {
      return NAN;
    }
    if (value < 0x1p-127) {
      return saturate ? 0 : NAN;
    }
    int exponent = Math.getExponent(value);
    double fraction = Math.scalb(value, -exponent);
    boolean up =
        switch (mode) {
          case UP -> fraction > 1;
          case NEAREST -> fraction >= 1.5;
          case DOWN -> false;
        };
    int code = exponent + BIAS + (up ? 1 : 0);
    return code <= MOST && value < Double.POSITIVE_INFINITY ? code : saturate ? MOST : NAN;
  }
}
