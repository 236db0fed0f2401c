package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DepthwiseChainTest {
  private static final int LANES = VectorProducts.WIDTH / 2;

  /** The sizes of a chain; without expansion there are no channels of x but those of the window. */
  record Sizes(int batch, int k, int channels, int n, Axis height, Axis width) {
    int lines() {
      return batch * height.output();
    }

    int outputs() {
      return lines() * width.output() * n;
    }

    int inputs() {
      return batch * height.size() * width.size() * (k == 0 ? channels : k);
    }
  }

  /** What a chain reads. */
  record Data(
      float[] x,
      float[] expand,
      float[] expandBias,
      float[] window,
      float[] windowBias,
      float[] project,
      float[] projectBias,
      float[] residual) {
    static Data of(Sizes s) {
      return new Data(
          Sets.random(s.inputs(), 1),
          Sets.random(s.k() * s.channels(), 2),
          Sets.random(s.channels(), 3),
          Sets.random(9 * s.channels(), 4),
          Sets.random(s.channels(), 5),
          Sets.random(s.channels() * s.n(), 6),
          Sets.random(s.n(), 7),
          Sets.random(s.outputs(), 8));
    }
  }

  private static Sizes sizes(Random random, int i) {
    int channels = LANES * (i % 7 == 0 ? 17 : 1 + random.nextInt(6));
    int k = i % 3 == 0 ? 0 : 1 + random.nextInt(i % 5 == 0 ? 256 : 40);
    int n = 1 + random.nextInt(70);
    Axis height = axis(random, 3 + random.nextInt(20), 1 + random.nextInt(3));
    Axis width = axis(random, i % 4 == 0 ? 100 + i : 3 + random.nextInt(20), 1 + i % 2);
    return new Sizes(1 + random.nextInt(3), k, channels, n, height, width);
  }

  private static Axis axis(Random random, int size, int stride) {
    return new Axis(size, 3, stride, 1, random.nextInt(3), random.nextInt(3));
  }

  @Test
  void agreesWithTheDefinitionHoweverItsLinesAreCut() {
    var random = new Random(5);
    for (int i = 0; i < 60; i++) {
      Sizes s = sizes(random, i);
      Data data = Data.of(s);
      float[] first = run(Sets.vectors(), s, data, s.lines());
      double[] expected = expected(s, data);
      double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int j = 0; j < first.length; j++) {
        assertThat((double) first[j])
            .as("%s at %d", s, j)
            .isCloseTo(expected[j], within(scale * 4e-6));
      }
      assertThat(run(Sets.vectors(), s, data, 1 + i % 5)).as("in parts: %s", s).isEqualTo(first);
      assertThat(run(Sets.twins(), s, data, s.lines())).as("by twins: %s", s).isEqualTo(first);
    }
  }

  @Test
  void machineCodeAgreesWithTheDefinitionHoweverItsLinesAreCut() {
    var random = new Random(6);
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      Sizes s = sizes(random, i);
      if (i % 2 == 0) {
        s = new Sizes(s.batch(), s.k(), s.channels() + i, s.n(), s.height(), s.width());
      }
      if (!Sets.machine().chains(s.k(), s.channels(), s.height(), s.width())) {
        continue; // lines that do not stay in the second cache
      }
      taken++;
      Data data = Data.of(s);
      float[] first = run(Sets.machine(), s, data, s.lines());
      double[] expected = expected(s, data);
      double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int j = 0; j < first.length; j++) {
        assertThat((double) first[j])
            .as("%s at %d", s, j)
            .isCloseTo(expected[j], within(scale * 4e-6));
      }
      assertThat(run(Sets.machine(), s, data, 1 + i % 5)).as("in parts: %s", s).isEqualTo(first);
    }
    assertThat(taken).isGreaterThan(80);
  }

  @Test
  void notANumberStays() {
    Axis three = new Axis(3, 3, 1, 1, 1, 1);
    var s = new Sizes(1, 2, LANES, 3, three, three);
    Data data = Data.of(s);
    data.x()[0] = Float.NaN; // the first pixel, which the windows of four see
    for (Kernels kernels : new Kernels[] {Sets.vectors(), Sets.twins(), Sets.machine()}) {
      float[] y = run(kernels, s, data, 3);
      for (int i = 0; i < y.length; i++) {
        int pixel = i / 3;
        assertThat(Float.isNaN(y[i])).isEqualTo(pixel % 3 < 2 && pixel / 3 < 2);
      }
    }
  }

  @Test
  void takesWholeVectorsAndWindowsOfThree() {
    Axis three = new Axis(14, 3, 1, 1, 1, 1);
    Kernels kernels = Sets.vectors();
    assertThat(kernels.chains(24, 2 * LANES, three, three)).isTrue();
    assertThat(kernels.chains(0, 2 * LANES, three, three)).isTrue();
    assertThat(kernels.chains(24, 2 * LANES + 1, three, three)).isFalse();
    assertThat(kernels.chains(257, 2 * LANES, three, three)).isFalse();
    assertThat(kernels.chains(24, 2 * LANES, three, new Axis(14, 3, 3, 1, 1, 1))).isFalse();
    assertThat(kernels.chains(24, 2 * LANES, three, new Axis(14, 3, 1, 2, 1, 1))).isFalse();
    assertThat(kernels.chains(24, 2 * LANES, new Axis(14, 5, 1, 1, 2, 2), three)).isFalse();
    assertThat(kernels.chains(24, 2 * LANES, three, new Axis(5000, 3, 1, 1, 1, 1))).isFalse();
    Axis padded = new Axis(14, 3, 1, 1, Integer.MAX_VALUE / 4, Integer.MAX_VALUE / 4);
    assertThat(kernels.chains(24, 2 * LANES, three, padded)).isFalse();
    assertThat(Kernels.scalar().chains(24, 2 * LANES, three, three)).isFalse();
  }

  /** The chain on a set, so many lines at a time. */
  private static float[] run(Kernels kernels, Sizes s, Data data, int step) {
    assertThat(kernels.chains(s.k(), s.channels(), s.height(), s.width())).isTrue();
    MemorySegment y = Sets.Memory.NATIVE.of(s.outputs());
    MemorySegment x = Sets.Memory.NATIVE.of(data.x());
    Product expand =
        s.k() == 0
            ? null
            : product(kernels, s.k(), s.channels(), x, data.expand(), y, clip(data.expandBias()));
    Epilogue last =
        Epilogue.NONE
            .withBias(Sets.Memory.NATIVE.of(data.projectBias()))
            .withResidual(Sets.Memory.NATIVE.of(data.residual()));
    Product project = product(kernels, s.channels(), s.n(), x, data.project(), y, last);
    var window =
        new WindowSweep(
            WindowSweep.Fold.WEIGHTED_SUM,
            s.batch(),
            s.channels(),
            Axis.SINGLE,
            s.height(),
            s.width(),
            1,
            s.height().output(),
            s.width().output(),
            x,
            Sets.Memory.NATIVE.of(data.window()),
            y,
            clip(data.windowBias()));
    var chain = new DepthwiseChain(expand, window, project);
    for (int line = 0; line < chain.lines(); line += step) {
      int end = Math.min(line + step, chain.lines());
      kernels.convolveChain(chain, line, end, new HotArrays());
    }
    return Sets.array(y);
  }

  private static Epilogue clip(float[] bias) {
    return Epilogue.NONE
        .withBias(Sets.Memory.NATIVE.of(bias))
        .withActivation(new UnaryFunction.Clip(0, 6));
  }

  private static Product product(
      Kernels kernels,
      int k,
      int n,
      MemorySegment x,
      float[] weights,
      MemorySegment y,
      Epilogue epilogue) {
    MemorySegment panels = Sets.Memory.NATIVE.of((int) kernels.panelElements(k, n));
    kernels.packPanels(Sets.Memory.NATIVE.of(weights), 0, k, n, n, 1, panels, 0);
    return new Product(n, k, new MatrixRows(x, k, Float.BYTES), panels, y, n, epilogue);
  }

  private static double[] expected(Sizes s, Data d) {
    double[] y = new double[s.outputs()];
    double[] row = new double[s.channels()];
    for (int pixel = 0; pixel < s.lines() * s.width().output(); pixel++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = window(s, d, pixel, c);
      }
      for (int j = 0; j < s.n(); j++) {
        double sum = d.projectBias()[j] + (double) d.residual()[pixel * s.n() + j];
        for (int c = 0; c < row.length; c++) {
          sum += row[c] * d.project()[c * s.n() + j];
        }
        y[pixel * s.n() + j] = sum;
      }
    }
    return y;
  }

  private static double window(Sizes s, Data d, int pixel, int c) {
    int line = pixel / s.width().output();
    int image = line / s.height().output();
    long top = s.height().start(line % s.height().output());
    long left = s.width().start(pixel % s.width().output());
    double sum = d.windowBias()[c];
    for (int t = 0; t < 9; t++) {
      long i = top + t / 3;
      long j = left + t % 3;
      if (i >= 0 && i < s.height().size() && j >= 0 && j < s.width().size()) {
        int there = (int) ((image * (long) s.height().size() + i) * s.width().size() + j);
        sum += expanded(s, d, there, c) * d.window()[t * s.channels() + c];
      }
    }
    return Math.clamp(sum, 0, 6);
  }

  private static double expanded(Sizes s, Data d, int pixel, int c) {
    if (s.k() == 0) {
      return d.x()[pixel * s.channels() + c];
    }
    double sum = d.expandBias()[c];
    for (int i = 0; i < s.k(); i++) {
      sum += (double) d.x()[pixel * s.k() + i] * d.expand()[i * s.channels() + c];
    }
    return Math.clamp(sum, 0, 6);
  }
}
