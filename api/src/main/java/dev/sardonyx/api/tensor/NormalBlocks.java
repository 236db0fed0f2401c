package dev.sardonyx.api.tensor;

/**
 * Pairs of normal numbers from pairs of uniform ones in float32, with the very roundings of
 * PyTorch's AVX2 code. Source: Box and Muller, 1958; the polynomials are those of Cephes (logf,
 * sinf, cosf); torch ATen/native/cpu/DistributionTemplates.h tells their order.
 */
final class NormalBlocks {
  /** Eight uniform numbers for radii and eight for angles. */
  static final int SIZE = 16;

  private static final float TWO_PI = (float) (2 * Math.PI);
  private static final float[] LOGARITHM = {
    7.0376836292E-2f,
    -1.1514610310E-1f,
    1.1676998740E-1f,
    -1.2420140846E-1f,
    1.4249322787E-1f,
    -1.6668057665E-1f,
    2.0000714765E-1f,
    -2.4999993993E-1f,
    3.3333331174E-1f
  };

  private NormalBlocks() {}

  /** Makes normal numbers of 16 uniform ones in [0, 1), in place. */
  static void fill(float[] values, float mean, float std) {
    for (int i = 0; i < SIZE / 2; i++) {
      float radius = (float) Math.sqrt(-2f * log(1f - values[i]));
      float angle = TWO_PI * values[i + SIZE / 2];
      values[i] = Math.fma(radius * cos(angle), std, mean);
      values[i + SIZE / 2] = Math.fma(radius * sin(angle), std, mean);
    }
  }

  /** Of positive normal numbers. */
  private static float log(float value) {
    int bits = Float.floatToRawIntBits(Math.max(value, Float.MIN_NORMAL));
    float exponent = (bits >>> 23) - 126;
    float x = Float.intBitsToFloat(bits & 0x7FFFFF | 0x3F000000); // in [0.5, 1)
    boolean low = x < 0.707106781186547524f;
    exponent = low ? exponent - 1 : exponent;
    x = low ? (x - 1) + x : x - 1;
    float square = x * x;
    float y = LOGARITHM[0];
    for (int i = 1; i < LOGARITHM.length; i++) {
      y = Math.fma(y, x, LOGARITHM[i]);
    }
    y = Math.fma(y * x, square, exponent * -2.12194440e-4f);
    y = Math.fma(-square, 0.5f, y);
    return Math.fma(exponent, 0.693359375f, x + y);
  }

  /** An angle of 0 or more as octants, made even, and what is left. */
  private static int octants(float angle) {
    return (int) (angle * 1.27323954473516f) + 1 & ~1;
  }

  private static float rest(float angle, int octants) {
    float x = Math.fma((float) octants, -0.78515625f, angle);
    x = Math.fma((float) octants, -2.4187564849853515625e-4f, x);
    return Math.fma((float) octants, -3.77489497744594108e-8f, x);
  }

  private static float sin(float angle) {
    int octants = octants(angle);
    float x = rest(angle, octants);
    float value = (octants & 2) == 0 ? sinPolynomial(x) : cosPolynomial(x);
    return (octants & 4) != 0 ? -value : value;
  }

  private static float cos(float angle) {
    int octants = octants(angle);
    float x = rest(angle, octants);
    float value = (octants & 2) == 0 ? cosPolynomial(x) : sinPolynomial(x);
    return (octants - 2 & 4) == 0 ? -value : value;
  }

  private static float sinPolynomial(float x) {
    float square = x * x;
    float y = Math.fma(-1.9515295891E-4f, square, 8.3321608736E-3f);
    y = Math.fma(y, square, -1.6666654611E-1f);
    return Math.fma(y * square, x, x);
  }

  private static float cosPolynomial(float x) {
    float square = x * x;
    float y = Math.fma(2.443315711809948E-005f, square, -1.388731625493765E-003f);
    y = Math.fma(y, square, 4.166664568298827E-002f);
    return Math.fma(y * square, square, -(square * 0.5f)) + 1;
  }
}
