package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The curves that have a vector form with the ULP that they keep to, and a main method that prints
 * a digest of their bits.
 */
final class Curves {

  /** Each curve and by how many ULP it may be off. */
  static final Map<UnaryFunction, Integer> ULP = new LinkedHashMap<>();

  static {
    ULP.put(new UnaryFunction.Exp(), 2);
    ULP.put(new UnaryFunction.Log(), 2);
    ULP.put(new UnaryFunction.Tanh(), 2);
    ULP.put(new UnaryFunction.Sigmoid(), 2);
    ULP.put(new UnaryFunction.Erf(), 2);
    ULP.put(new UnaryFunction.Softplus(), 2);
    ULP.put(new UnaryFunction.Swish(1), 4);
    ULP.put(new UnaryFunction.Swish(1.702f), 4);
    ULP.put(new UnaryFunction.Elu(1, 1, 1), 4);
    ULP.put(new UnaryFunction.Elu(1.6732632f, 1.050701f, 1), 4);
    ULP.put(new UnaryFunction.Elu(0.7f, 1, 1 / 0.7f), 4);
    ULP.put(new UnaryFunction.Mish(), 6);
    ULP.put(new UnaryFunction.Gelu(), 6);
    ULP.put(new UnaryFunction.GeluTanh(), 4); // and more where its tanh loses digits: ulps
  }

  private Curves() {}

  /**
   * By how many ULP a curve may be off at x. GeluTanh has exp(2y) of a y that is rounded, so that 6
   * |y| come to it, y = sqrt(2/pi) (x + 0.044715 x^3); beyond |y| = 41 it is 0 or x.
   */
  static double ulps(UnaryFunction curve, float x) {
    int ulps = Objects.requireNonNull(ULP.get(curve));
    if (!(curve instanceof UnaryFunction.GeluTanh) || Float.isNaN(x)) {
      return ulps;
    }
    double y = Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3));
    return ulps + 6 * Math.min(41, Math.abs(y));
  }

  /** Special values, every size of number, and a tail that fills no vector. */
  private static MemorySegment inputs() {
    float[] x = new float[203];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i % 2 == 0 ? 1 : -1) * (float) Math.pow(1.3, i % 70 - 45);
    }
    float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f};
    System.arraycopy(special, 0, x, 20, special.length);
    x[100] = Float.MIN_VALUE;
    return Memory.NATIVE.of(x);
  }

  private static String digest(Kernels kernels, MemorySegment x) {
    int n = (int) (x.byteSize() / Float.BYTES);
    MemorySegment y = Memory.NATIVE.of(n);
    int curves = 0;
    for (UnaryFunction curve : ULP.keySet()) {
      kernels.unary(curve, x, y, n);
      curves = 31 * curves + Arrays.hashCode(Sets.array(y));
    }
    int rows = 0;
    MemorySegment noise = Memory.NATIVE.of(Sets.random(203, 5));
    for (boolean logarithm : new boolean[] {false, true}) {
      kernels.softmax(noise, y, 7, 29, 1, logarithm);
      rows = 31 * rows + Arrays.hashCode(Sets.array(y));
      kernels.softmax(noise, y, 1, 7, 29, logarithm);
      rows = 31 * rows + Arrays.hashCode(Sets.array(y));
    }
    kernels.normalizeRows(true, 1e-5f, noise, null, null, y, 1, 203);
    rows = 31 * rows + Arrays.hashCode(Sets.array(y));
    for (RowReduction reduction : RowReduction.values()) {
      kernels.reduceRows(reduction, noise, y, 1, 203);
      rows = 31 * rows + Float.floatToIntBits(Floats.get(y, 0));
    }
    return "curves " + curves + " rows " + rows;
  }

  /** Prints one digest of as many rounds as are asked for, or each that differed. */
  public static void main(String[] arguments) {
    List<Kernels> sets = List.of(Sets.vectors(), Sets.twins());
    MemorySegment x = inputs();
    String last = "";
    for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
      for (Kernels kernels : sets) {
        String digest = digest(kernels, x);
        if (!digest.equals(last)) {
          System.out.println(digest);
        }
        last = digest;
      }
    }
  }
}
