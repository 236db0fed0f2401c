package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.check;
import static dev.sardonyx.runtime.engine.Operators.random;

import dev.sardonyx.api.op.OwnStatisticsOp.GroupNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.InstanceNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.RMSNormalization;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class OwnStatisticsOperatorsTest {
  private static final double CLOSE = 1e-5;
  private static final double EPSILON = 1e-3;

  /** x[at] normalised over all elements that belong to its part. */
  private static double normal(Tensor x, long[] at, boolean centred, Predicate<long[]> part) {
    double[] sums = new double[3];
    Reference.build(
        x.shape().sizes(),
        i -> {
          if (part.test(i)) {
            sums[0]++;
            sums[1] += Reference.at(x, i);
            sums[2] += Reference.at(x, i) * Reference.at(x, i);
          }
          return 0;
        });
    double mean = centred ? sums[1] / sums[0] : 0;
    double variance = sums[2] / sums[0] - mean * mean;
    return (Reference.at(x, at) - mean) / Math.sqrt(variance + EPSILON);
  }

  private static boolean agree(long[] a, long[] b, int axes) {
    for (int axis = 0; axis < axes; axis++) {
      if (a[axis] != b[axis]) {
        return false;
      }
    }
    return true;
  }

  @Test
  void layersAreNormalisedFromAnyAxisOnWithAnyScaleThatBroadcasts() {
    long[] sizes = {2, 3, 4, 5};
    Tensor x = random(1, sizes).add(3);
    for (int axis : new int[] {0, 1, -2, 3}) {
      int first = axis < 0 ? axis + 4 : axis;
      for (long[] shape : new long[][] {{5}, {4, 5}, {1, 3, 4, 5}, {3, 1, 1}, {}, {1, 4, 1}}) {
        Tensor scale = random(2, shape);
        Tensor shift = random(3, shape);
        Tensor normal =
            Reference.build(sizes, i -> normal(x, i, true, other -> agree(i, other, first)));
        Tensor scaled = Reference.binary(normal, scale, (a, b) -> a * b);
        Tensor shifted = Reference.binary(scaled, shift, Double::sum);
        check(new LayerNormalization(axis, (float) EPSILON), scaled, CLOSE, x, scale);
        check(new LayerNormalization(axis, (float) EPSILON), shifted, CLOSE, x, scale, shift);
      }
    }
  }

  @Test
  void rootMeanSquaresAreNotCentred() {
    long[] sizes = {2, 3, 17};
    Tensor x = random(1, sizes).add(0.5);
    Tensor scale = random(2, 17);
    Tensor normal = Reference.build(sizes, i -> normal(x, i, false, other -> agree(i, other, 2)));
    Tensor expected = Reference.binary(normal, scale, (a, b) -> a * b);
    check(new RMSNormalization(-1, (float) EPSILON), expected, CLOSE, x, scale);
  }

  @Test
  void groupsAndInstancesAreNormalisedForEachSample() {
    for (long[] sizes : new long[][] {{2, 6, 5}, {2, 6, 3, 4}, {1, 6, 2, 2, 3}}) {
      Tensor x = random(1, sizes).add(2);
      Tensor scale = random(2, 6);
      Tensor shift = random(3, 6);
      for (int groups : new int[] {1, 2, 3, 6}) {
        long width = 6 / groups;
        Tensor expected =
            Reference.build(
                sizes,
                i ->
                    normal(x, i, true, o -> o[0] == i[0] && o[1] / width == i[1] / width)
                            * Reference.at(scale, i[1])
                        + Reference.at(shift, i[1]));
        check(new GroupNormalization(groups, (float) EPSILON), expected, CLOSE, x, scale, shift);
        if (groups == 6) {
          check(new InstanceNormalization((float) EPSILON), expected, CLOSE, x, scale, shift);
        }
      }
    }
  }
}
