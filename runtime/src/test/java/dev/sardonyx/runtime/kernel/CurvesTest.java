package dev.sardonyx.runtime.kernel;

import static java.lang.Float.NEGATIVE_INFINITY;
import static java.lang.Float.NaN;
import static java.lang.Float.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every curve: exact operations alone, so one result wherever it is computed. */
class CurvesTest {

  /** Coprime to the powers of two, so that all exponents and many mantissas are met. */
  private static final int STRIDE = 9973;

  private static final float[] ENDS = {
    NaN,
    POSITIVE_INFINITY,
    NEGATIVE_INFINITY,
    0,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    88.72283f,
    88.72284f,
    -87.4f,
    -103.9f,
    -103.97f,
    -103.98f,
    -104,
    -110,
    9.02f,
    -16,
    1e-30f,
    -1e-30f,
    1e-40f,
    3e-39f
  };

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void keepsToItsUlpOverAllFloats(Kernels kernels) {
    int n = (int) ((1L << 32) / STRIDE);
    MemorySegment x = Memory.NATIVE.of(n);
    for (int i = 0; i < n; i++) {
      Floats.set(x, i, Float.intBitsToFloat(i * STRIDE));
    }
    MemorySegment y = Memory.NATIVE.of(n);
    for (UnaryFunction curve : Curves.ULP.keySet()) {
      kernels.unary(curve, x, y, n);
      for (int i = 0; i < n; i++) {
        check(curve, Floats.get(x, i), Floats.get(y, i));
      }
    }
  }

  private static void check(UnaryFunction curve, float x, float actual) {
    double wanted = curve.applyAsDouble(x);
    float rounded = (float) wanted;
    boolean right =
        Float.isFinite(rounded)
            ? Math.abs(actual - wanted) <= Curves.ulps(curve, x) * Math.ulp(rounded)
            : Float.compare(actual, rounded) == 0;
    if (!right) {
      assertThat(actual).as("%s of %s", curve, x).isEqualTo(rounded);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void treatsTheEndsOfTheNumbersAsItsDefinitionDoes(Kernels kernels) {
    float[] x = ENDS;
    MemorySegment y = Memory.NATIVE.of(x.length);
    for (UnaryFunction curve : Curves.ULP.keySet()) {
      kernels.unary(curve, Memory.NATIVE.of(x), y, x.length);
      for (int i = 0; i < x.length; i++) {
        check(curve, x[i], Floats.get(y, i));
        if (x[i] == 0) {
          float zero = (float) curve.applyAsDouble(x[i]);
          assertThat(Floats.get(y, i)).as("%s of %s", curve, x[i]).isEqualTo(zero);
        }
      }
    }
  }

  /** Numbers of mpmath. */
  @Test
  void expOfTheLeastIsSubnormal() {
    MemorySegment y = Memory.NATIVE.of(4);
    MemorySegment x = Memory.NATIVE.of(-90, -103.9f, -103.97f, -104);
    Sets.vectors().unary(new UnaryFunction.Exp(), x, y, 4);
    float least = Float.MIN_VALUE;
    assertThat(Sets.array(y)).containsExactly(584_744 * least, least, least, 0);
  }

  /** A vector that is partly filled gives what a whole one gives. */
  @Test
  void hasTheSameBitsInEveryLane() {
    Kernels kernels = Sets.vectors();
    float[] x = Sets.random(70, 3);
    for (UnaryFunction curve : Curves.ULP.keySet()) {
      MemorySegment whole = Memory.NATIVE.of(70);
      kernels.unary(curve, Memory.NATIVE.of(x), whole, 70);
      for (int n = 0; n < 70; n++) {
        MemorySegment part = Memory.NATIVE.of(70);
        kernels.unary(curve, Memory.NATIVE.of(x), part, n);
        assertThat(part.mismatch(whole)).as("%s of %s", curve, n).isGreaterThanOrEqualTo(4L * n);
      }
    }
  }

  @Test
  void twinsHaveTheSameBitsOverAllFloats() {
    int n = (int) ((1L << 32) / STRIDE);
    MemorySegment x = Memory.NATIVE.of(n);
    for (int i = 0; i < n; i++) {
      Floats.set(x, i, Float.intBitsToFloat(i * STRIDE));
    }
    for (UnaryFunction curve : Curves.ULP.keySet()) {
      assertSameBits(curve, x, n);
    }
  }

  /** Every float within some binades of 1, where the formulas change over. */
  @Test
  void twinsHaveTheSameBitsDensely() {
    int n = 1 << 20;
    MemorySegment x = Memory.NATIVE.of(n);
    for (int i = 0; i < n; i++) {
      float size = Float.intBitsToFloat(0x3d000000 + (i >> 1) * 127);
      Floats.set(x, i, i % 2 == 0 ? size : -size);
    }
    for (UnaryFunction curve : Curves.ULP.keySet()) {
      assertSameBits(curve, x, n);
    }
  }

  @Test
  void twinsTreatTheEndsOfTheNumbersAlike() {
    for (UnaryFunction curve : Curves.ULP.keySet()) {
      assertSameBits(curve, Memory.NATIVE.of(ENDS), ENDS.length);
    }
  }

  private static void assertSameBits(UnaryFunction curve, MemorySegment x, int n) {
    MemorySegment y = Memory.NATIVE.of(n);
    MemorySegment z = Memory.NATIVE.of(n);
    Sets.vectors().unary(curve, x, y, n);
    Sets.twins().unary(curve, x, z, n);
    for (int i = 0; i < n; i++) {
      float wanted = Floats.get(y, i);
      if (Float.floatToIntBits(Floats.get(z, i)) != Float.floatToIntBits(wanted)) {
        float at = Floats.get(x, i);
        assertThat(Floats.get(z, i)).as("%s of %s", curve, at).isEqualTo(wanted);
      }
    }
  }

  @Test
  void twinsOfSoftmaxHaveTheSameBitsInRowsAndColumnsOfEveryLength() {
    MemorySegment x = Memory.NATIVE.of(Sets.random(70 * 23, 7));
    float[] ends = {POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN, 0, -0f, -80, -100, 90};
    for (int i = 0; i < ends.length; i++) {
      Floats.set(x, 23 * i * (i + 1), ends[i]);
    }
    Floats.set(x, 1, -0f);
    for (int n = 1; n <= 70; n++) {
      for (boolean logarithm : new boolean[] {false, true}) {
        assertThat(softmax(Sets.twins(), x, 23, n, 1, logarithm))
            .as("rows of %s", n)
            .isEqualTo(softmax(Sets.vectors(), x, 23, n, 1, logarithm));
        assertThat(softmax(Sets.twins(), x, 1, n, 23, logarithm))
            .as("columns of %s", n)
            .isEqualTo(softmax(Sets.vectors(), x, 1, n, 23, logarithm));
      }
    }
  }

  private static float[] softmax(
      Kernels kernels, MemorySegment x, int outer, int n, int inner, boolean logarithm) {
    MemorySegment y = Memory.NATIVE.of(outer * n * inner);
    kernels.softmax(x, y, outer, n, inner, logarithm);
    return Sets.array(y);
  }

  /** Whoever computes, and when the warm-up ends. */
  @Test
  void keepsItsBitsWhileItIsWarmedUp() {
    Kernels kernels = VectorKernels.create();
    int n = 3001;
    MemorySegment x = Memory.NATIVE.of(Sets.random(n, 11));
    MemorySegment wanted = Memory.NATIVE.of(n);
    Sets.vectors().unary(new UnaryFunction.Gelu(), x, wanted, n);
    MemorySegment y = Memory.NATIVE.of(n);
    for (int round = 0; round < 2000; round++) {
      kernels.unary(new UnaryFunction.Gelu(), x, y, n);
      assertThat(y.mismatch(wanted)).isEqualTo(-1);
    }
  }

  @Test
  void hasTheSameBitsInterpretedAndCompiledAndInVectorsOfEveryWidth() throws Exception {
    String compiled = inNewJvm(600, "-Xbatch");
    assertThat(compiled).hasLineCount(1);
    assertThat(inNewJvm(1, "-Xint")).isEqualTo(compiled);
    assertThat(inNewJvm(20, "-XX:TieredStopAtLevel=1")).isEqualTo(compiled);
    String curves = compiled.substring(0, compiled.indexOf(" rows"));
    assertThat(inNewJvm(1, "-XX:MaxVectorSize=32")).hasLineCount(1).startsWith(curves);
    assertThat(inNewJvm(1, "-XX:MaxVectorSize=16")).hasLineCount(1).startsWith(curves);
  }

  private static String inNewJvm(int rounds, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Curves.class.getName()));
    command.add(Integer.toString(rounds));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  /** Numbers of mpmath. */
  @Test
  void geluIsRightFarBelowZero() {
    var gelu = new UnaryFunction.Gelu();
    assertThat(gelu.applyAsDouble(-1.5)).isCloseTo(-0.1002108019032871, withinPercentage(1e-12));
    assertThat(gelu.applyAsDouble(-5)).isCloseTo(-1.4332578593959696e-6, withinPercentage(1e-12));
    assertThat(gelu.applyAsDouble(-8)).isCloseTo(-4.9767684594174273e-15, withinPercentage(1e-12));
    assertThat(gelu.applyAsDouble(-13.5))
        .isCloseTo(-1.0555389862638153e-40, withinPercentage(1e-11));
    assertThat(gelu.applyAsDouble(3)).isCloseTo(2.9959503059051097, withinPercentage(1e-13));
    var byTanh = new UnaryFunction.GeluTanh();
    assertThat(byTanh.applyAsDouble(-9))
        .isCloseTo(-1.3364595947346586e-28, withinPercentage(1e-10));
    assertThat(byTanh.applyAsDouble(-5)).isCloseTo(-2.291796196629506e-7, withinPercentage(1e-12));
    assertThat(byTanh.applyAsDouble(3)).isCloseTo(2.996362607918227, withinPercentage(1e-13));
  }
}
