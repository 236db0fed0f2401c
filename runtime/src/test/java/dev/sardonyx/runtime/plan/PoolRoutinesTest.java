package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolRoutinesTest {
  private static final int[] CHANNELS = {1, 2, 3, 5, 16, 17, 33, 70};

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreeWithTheDefinitionForAnyGeometry(Kernels kernels) {
    var random = new Random(5);
    for (int i = 0; i < 90; i++) {
      int rank = 1 + i % 3;
      int[][] of = new int[4][];
      of[0] = values(random, rank, 1, i % 5 == 0 ? 9 : 4);
      of[1] = values(random, rank, 1, 3);
      of[2] = values(random, rank, 1, 2);
      of[3] = values(random, 2 * rank, 0, 3);
      long[] x = new long[rank + 2];
      long[] y = new long[rank + 2];
      x[0] = y[0] = 1 + random.nextInt(2);
      x[1] = y[1] = CHANNELS[random.nextInt(CHANNELS.length)];
      for (int a = 0; a < rank; a++) {
        int extent = of[2][a] * (of[0][a] - 1) + 1;
        int padding = of[3][a] + of[3][a + rank];
        x[a + 2] = Math.max(1, extent - padding) + random.nextInt(rank == 3 ? 5 : 12);
        int ceil = random.nextBoolean() ? of[1][a] - 1 : 0;
        y[a + 2] = (x[a + 2] + padding - extent + ceil) / of[1][a] + 1;
      }
      Window window = Spatial.window(of[0], of[1], of[2], of[3]);
      Tensor input = Spatial.random(random, x);
      check(kernels, new PoolOp.MaxPool(window, false), input, of, y, 0);
      check(kernels, new PoolOp.AveragePool(window, false), input, of, y, 1);
      check(kernels, new PoolOp.AveragePool(window, true), input, of, y, 2);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreeWithTheDefinitionOverWholePlanes(Kernels kernels) {
    var random = new Random(6);
    for (long[] x : new long[][] {{2, 17, 7, 7}, {1, 3, 40, 31}, {2, 33, 5}, {1, 16, 3, 4, 5}}) {
      Tensor input = Spatial.random(random, x);
      long[] y = new long[x.length];
      Arrays.fill(y, 1);
      y[0] = x[0];
      y[1] = x[1];
      int rank = x.length - 2;
      int[][] of = {new int[rank], values(random, rank, 1, 1), values(random, rank, 1, 1), null};
      of[3] = new int[2 * rank];
      for (int a = 0; a < rank; a++) {
        of[0][a] = (int) x[a + 2];
      }
      check(kernels, new PoolOp.GlobalMaxPool(), input, of, y, 0);
      check(kernels, new PoolOp.GlobalAveragePool(), input, of, y, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void nanWinsAndPaddingNeverDoes(Kernels kernels) {
    Window window = Spatial.window(new int[] {2}, new int[] {2}, new int[] {1}, new int[] {2, 2});
    Tensor x = Tensor.of(new float[] {Float.NaN, 1, -5, -4}, 1, 1, 4);
    Tensor plain = Tensor.of(new float[] {2, 1, -5, -4}, 1, 1, 4);
    for (boolean last : new boolean[] {false, true}) {
      var way = new Spatial.Way(kernels, last ? Order.LAST : Order.FIRST, 1);
      var max = new PoolOp.MaxPool(window, false);
      float lowest = Float.NEGATIVE_INFINITY;
      assertThat(way.run(max, List.of(x), Tail.none(), 1, 1, 4))
          .containsExactly(lowest, Float.NaN, -4, lowest);
      Tensor second = Tensor.of(new float[] {1, Float.NaN, -5, -4}, 1, 1, 4);
      assertThat(way.run(max, List.of(second), Tail.none(), 1, 1, 4))
          .containsExactly(lowest, Float.NaN, -4, lowest);
      var mean = new PoolOp.AveragePool(window, false);
      assertThat(way.run(mean, List.of(plain), Tail.none(), 1, 1, 4))
          .containsExactly(0, 1.5f, -4.5f, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void nanWinsWhereverItStandsInAWindow(Kernels kernels) {
    int channels = 37;
    for (int side = 2; side <= 3; side++) {
      int[] two = {2, 2};
      Window window = Spatial.window(new int[] {side, side}, two, new int[] {1, 1}, new int[4]);
      int pixels = side * (side + 2);
      for (int place = 0; place < side * side; place++) {
        float[] x = new float[channels * pixels];
        for (int i = 0; i < x.length; i++) {
          x[i] = i % 7;
        }
        int nan = place / side * (side + 2) + place % side;
        for (int c = 0; c < channels; c++) {
          x[c * pixels + nan] = Float.NaN;
        }
        Tensor input = Tensor.of(x, 1, channels, side, side + 2);
        var way = new Spatial.Way(kernels, Order.LAST, 1);
        float[] y =
            way.run(
                new PoolOp.MaxPool(window, false), List.of(input), Tail.none(), 1, channels, 1, 2);
        for (int c = 0; c < channels; c++) {
          assertThat(y[2 * c]).as("%s, place %d", kernels.name(), place).isNaN();
          boolean shared = place % side == 2; // windows of three overlap
          assertThat(Float.isNaN(y[2 * c + 1])).isEqualTo(shared);
        }
      }
    }
  }

  private static int[] values(Random random, int count, int least, int most) {
    int[] values = new int[count];
    Arrays.setAll(values, _ -> random.nextInt(least, most + 1));
    return values;
  }

  private static void check(Kernels kernels, PoolOp op, Tensor x, int[][] of, long[] y, int kind) {
    float[] first = new Spatial.Way(kernels, Order.LAST, 1).run(op, List.of(x), Tail.none(), y);
    for (int i = 0; i < first.length; i++) {
      assertThat((double) first[i])
          .as("%s %s of %s at %d", kernels.name(), op, x.shape(), i)
          .isCloseTo(reference(x, of, i, y, kind), within(kind == 0 ? 0 : 2e-6));
    }
    assertThat(new Spatial.Way(kernels, Order.LAST, 3).run(op, List.of(x), Tail.none(), y))
        .as("by three threads: %s", op)
        .isEqualTo(first);
    float[] plain = new Spatial.Way(kernels, Order.FIRST, 1).run(op, List.of(x), Tail.none(), y);
    for (int i = 0; i < first.length; i++) {
      assertThat(plain[i]).as("in ONNX's order: %s", op).isCloseTo(first[i], within(1e-6f));
    }
  }

  /** The maximum (0), the mean (1) or the mean with padding (2) of a window. */
  private static double reference(Tensor x, int[][] of, int i, long[] y, int kind) {
    int rank = y.length - 2;
    long[] in = x.shape().sizes();
    long taps = 1;
    for (int size : of[0]) {
      taps *= size;
    }
    double best = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long count = 0;
    for (long tap = 0; tap < taps; tap++) {
      long rest = tap;
      long window = i;
      long at = 0;
      long stride = 1;
      boolean inside = true;
      boolean padded = true;
      for (int a = rank - 1; a >= 0; a--) {
        long place = window % y[a + 2] * of[1][a] + rest % of[0][a] * of[2][a] - of[3][a];
        window /= y[a + 2];
        rest /= of[0][a];
        inside &= place >= 0 && place < in[a + 2];
        padded &= place < in[a + 2] + of[3][a + rank];
        at += place * stride;
        stride *= in[a + 2];
      }
      if (inside) {
        double value = x.dense().doubleAt(window * stride + at);
        best = Math.max(best, value);
        sum += value;
      }
      count += inside || kind == 2 && padded ? 1 : 0;
    }
    return kind == 0 ? best : count == 0 ? 0 : sum / count;
  }
}
