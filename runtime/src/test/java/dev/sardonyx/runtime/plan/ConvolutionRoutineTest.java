package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionRoutineTest {
  private static final int[] CHANNELS = {1, 2, 3, 5, 8, 16, 17, 33};
  private static final Tail TAIL =
      Tail.none().withResidual(3).withActivation(new UnaryFunction.Relu());

  /** A convolution, its sizes and what it must give, computed tap by tap in double. */
  record Case(ConvolutionOp op, long[] y, List<Tensor> inputs, double[] expected, int k) {}

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionForAnyGeometry(Kernels kernels) {
    var random = new Random(11);
    for (int i = 0; i < 80; i++) {
      int groups = 1 + random.nextInt(3);
      int in = groups * CHANNELS[random.nextInt(CHANNELS.length)];
      int out = groups * CHANNELS[random.nextInt(CHANNELS.length)];
      check(kernels, convolution(random, 1 + i % 3, groups, in, out, i % 8 == 0 ? 1 : 4));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionWhereFewPixelsHaveManyTaps(Kernels kernels) {
    var random = new Random(15);
    int[] twice = {2, 2};
    int[] once = {1, 1};
    int[] pads = {1, 1, 1, 1};
    var op = new Conv(Spatial.window(new int[] {3, 3}, twice, once, pads), 1);
    for (int channels : new int[] {35, 36, 80, 192}) {
      for (int height = 1; height <= 3; height++) { // one to four pixels
        for (int width = 1; width <= 3; width++) {
          long out = 1 + random.nextInt(140);
          long[] x = {1, channels, height, width};
          long[] y = {1, out, (height + 1) / 2, (width + 1) / 2};
          long[] w = {out, channels, 3, 3};
          check(kernels, made(random, op, x, w, y, 1, twice, once, pads, false));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionWhereEachChannelIsAlone(Kernels kernels) {
    var random = new Random(12);
    for (int i = 0; i < 60; i++) {
      int channels = 1 + CHANNELS[random.nextInt(CHANNELS.length)];
      int times = 1 + i % 3;
      check(kernels, convolution(random, 1 + i % 3, channels, channels, channels * times, 4));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionTransposed(Kernels kernels) {
    var random = new Random(13);
    for (int i = 0; i < 80; i++) {
      int groups = 1 + random.nextInt(3);
      int in = groups * CHANNELS[random.nextInt(CHANNELS.length)];
      int out = groups * CHANNELS[random.nextInt(CHANNELS.length)];
      check(kernels, transposed(random, 1 + i % 3, groups, in, out, i % 4 < 2));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionWhereAPictureHasFewChannels(Kernels kernels) {
    var random = new Random(14);
    for (int i = 0; i < 60; i++) {
      check(kernels, convolution(random, 2, 1, 1 + i % 5, 1 + random.nextInt(70), 7));
    }
    for (int width : new int[] {500, 58, 47, 30}) { // longer than a block, whole tiles and parts
      for (int stride = 1; stride < 4; stride++) {
        check(kernels, lines(random, width, stride));
      }
    }
  }

  private static Case lines(Random random, int width, int stride) {
    int[] ones = {1, 1};
    int[] strides = {1, stride};
    int[] pads = {1, 1, 0, 1};
    var op = new Conv(Spatial.window(new int[] {2, 3}, strides, ones, pads), 1);
    long[] x = {2, 2, 3, width};
    long[] w = {3, 2, 2, 3};
    long[] y = {2, 3, 3, (width + 2 - 3) / stride + 1};
    return made(random, op, x, w, y, 1, strides, ones, pads, false);
  }

  private static void check(Kernels kernels, Case c) {
    float[] first = new Spatial.Way(kernels, Order.LAST, 1).run(c.op, c.inputs, TAIL, c.y);
    for (int i = 0; i < first.length; i++) {
      assertThat((double) first[i])
          .as("%s %s %s at %d", kernels.name(), c.op, c.inputs.getFirst().shape(), i)
          .isCloseTo(c.expected[i], within((c.k + 8) * 2e-6));
    }
    assertThat(new Spatial.Way(kernels, Order.FIRST, 1).run(c.op, c.inputs, TAIL, c.y))
        .as("in ONNX's order: %s", c.op)
        .isEqualTo(first);
    float[] planes = new Spatial.Way(kernels, Order.TO_LAST, 1).run(c.op, c.inputs, TAIL, c.y);
    for (int i = 0; i < first.length; i++) {
      assertThat((double) planes[i])
          .as("%s by planes: %s %s at %d", kernels.name(), c.op, c.inputs.getFirst().shape(), i)
          .isCloseTo(c.expected[i], within((c.k + 8) * 2e-6));
    }
    assertThat(new Spatial.Way(kernels, Order.TO_LAST, 3).run(c.op, c.inputs, TAIL, c.y))
        .as("by planes and three threads: %s", c.op)
        .isEqualTo(planes);
    assertThat(new Spatial.Way(kernels, Order.LAST, 3).run(c.op, c.inputs, TAIL, c.y))
        .as("by three threads: %s", c.op)
        .isEqualTo(first);
  }

  private static int[] random(Random random, int rank, int least, int most) {
    int[] values = new int[rank];
    Arrays.setAll(values, _ -> random.nextInt(least, most + 1));
    return values;
  }

  private static Case convolution(
      Random random, int rank, int groups, int in, int out, int mostKernel) {
    int[] kernel = random(random, rank, 1, mostKernel);
    int[] strides = random(random, rank, 1, 3);
    int[] dilations = random(random, rank, 1, 2);
    int[] pads = random(random, 2 * rank, 0, 3);
    long[] x = new long[rank + 2];
    long[] y = new long[rank + 2];
    x[0] = y[0] = 1 + random.nextInt(2);
    x[1] = in;
    y[1] = out;
    for (int a = 0; a < rank; a++) {
      int extent = dilations[a] * (kernel[a] - 1) + 1;
      x[a + 2] =
          Math.max(1, extent - pads[a] - pads[a + rank]) + random.nextInt(rank == 3 ? 5 : 14);
      y[a + 2] = (x[a + 2] + pads[a] + pads[a + rank] - extent) / strides[a] + 1;
    }
    long[] w = sizes(out, in / groups, kernel);
    var op = new Conv(Spatial.window(kernel, strides, dilations, pads), groups);
    return made(random, op, x, w, y, groups, strides, dilations, pads, false);
  }

  private static Case transposed(
      Random random, int rank, int groups, int in, int out, boolean tiles) {
    int[] kernel = random(random, rank, 1, 3);
    int[] strides = tiles ? kernel : random(random, rank, 1, 3);
    int[] dilations = random(random, rank, 1, tiles ? 1 : 2);
    int[] pads = random(random, 2 * rank, 0, tiles ? 0 : 1);
    long[] x = new long[rank + 2];
    long[] y = new long[rank + 2];
    x[0] = y[0] = 1 + random.nextInt(2);
    x[1] = in;
    y[1] = out;
    List<Integer> more = new ArrayList<>();
    for (int a = 0; a < rank; a++) {
      more.add(tiles ? 0 : random.nextInt(strides[a]));
      x[a + 2] = 2 + random.nextInt(rank == 3 ? 3 : 8);
      if (tiles && a == rank - 1) {
        x[a + 2] += random.nextInt(30);
      }
      int extent = dilations[a] * (kernel[a] - 1) + 1;
      y[a + 2] = (x[a + 2] - 1) * strides[a] + extent + more.get(a) - pads[a] - pads[a + rank];
      if (y[a + 2] < 1) {
        return transposed(random, rank, groups, in, out, tiles);
      }
    }
    long[] w = sizes(in, out / groups, kernel);
    var op = new ConvTranspose(Spatial.window(kernel, strides, dilations, pads), groups, more);
    return made(random, op, x, w, y, groups, strides, dilations, pads, true);
  }

  private static long[] sizes(int rows, int columns, int[] kernel) {
    long[] w = new long[kernel.length + 2];
    w[0] = rows;
    w[1] = columns;
    for (int a = 0; a < kernel.length; a++) {
      w[a + 2] = kernel[a];
    }
    return w;
  }

  /** A case of random tensors of these sizes. */
  static Case made(
      Random random,
      ConvolutionOp op,
      long[] x,
      long[] w,
      long[] y,
      int groups,
      int[] strides,
      int[] dilations,
      int[] pads,
      boolean transposed) {
    Tensor input = Spatial.random(random, x);
    Tensor weights = Spatial.random(random, w);
    Tensor bias = Spatial.random(random, y[1]);
    Tensor residual = Spatial.random(random, y);
    double[] sums = new double[(int) Sizes.product(y)];
    for (int i = 0; i < sums.length; i++) {
      long channel = index(i, y)[1];
      sums[i] = residual.dense().doubleAt(i) + bias.dense().doubleAt(channel);
    }
    long[] large = transposed ? y : x; // the tensor that a window moves over
    long[] small = transposed ? x : y;
    long perRow = w[1];
    for (int i = 0; i < Sizes.product(small); i++) {
      long[] at = index(i, small);
      // Rows of the weights are channels of the small tensor, columns those of the large one.
      long row = Sizes.product(w, 1, w.length);
      for (long j = at[1] * row; j < (at[1] + 1) * row; j++) {
        long[] tap = index(j, w);
        long[] other = at.clone();
        other[1] = tap[0] / (w[0] / groups) * perRow + tap[1];
        boolean inside = true;
        for (int a = 0; a < strides.length; a++) {
          other[a + 2] = at[a + 2] * strides[a] + tap[a + 2] * dilations[a] - pads[a];
          inside &= other[a + 2] >= 0 && other[a + 2] < large[a + 2];
        }
        if (inside) {
          long there = flat(other, large);
          long from = transposed ? i : there;
          long to = transposed ? there : i;
          sums[(int) to] += input.dense().doubleAt(from) * weights.dense().doubleAt(j);
        }
      }
    }
    Arrays.setAll(sums, i -> Math.max(0, sums[i]));
    int k = (int) (Sizes.product(w) / Math.max(1, transposed ? w[1] : w[0]));
    return new Case(op, y, List.of(input, weights, bias, residual), sums, k);
  }

  private static long[] index(long flat, long[] sizes) {
    long[] result = new long[sizes.length];
    long rest = flat;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return result;
  }

  private static long flat(long[] index, long[] sizes) {
    long result = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      result = result * sizes[axis] + index[axis];
    }
    return result;
  }
}
