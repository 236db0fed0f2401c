package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.check;
import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.NormalizationOp.LogSoftmax;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalizationOperatorsTest {
  private static final double CLOSE = 1e-5;

  @Test
  void softmaxSumsToOneAlongEveryAxis() {
    for (int axis : new int[] {0, 1, 2, -1, -3}) {
      Tensor x = random(1, 3, 4, 5).mul(10);
      int along = axis < 0 ? axis + 3 : axis;
      Tensor expected = Reference.build(new long[] {3, 4, 5}, i -> softmax(x, i, along));
      check(new Softmax(axis), expected, CLOSE, x);
      Tensor logarithms =
          Reference.build(new long[] {3, 4, 5}, i -> Math.log(softmax(x, i, along)));
      check(new LogSoftmax(axis), logarithms, CLOSE, x);
    }
  }

  private static double softmax(Tensor x, long[] index, int axis) {
    double sum = 0;
    long[] other = index.clone();
    for (long j = 0; j < x.shape().sizes()[axis]; j++) {
      other[axis] = j;
      sum += Math.exp(Reference.at(x, other));
    }
    return Math.exp(Reference.at(x, index)) / sum;
  }

  @Test
  void softmaxOfLargeValuesIsSafe() {
    Tensor x = Tensor.of(new float[] {1000, 1000}, 1, 2);
    check(new Softmax(-1), Tensor.of(new float[] {0.5f, 0.5f}, 1, 2), 0, x);
  }

  @Test
  void batchNormalizationTakesEveryRankFromTwo() {
    for (long[] sizes : new long[][] {{4, 3}, {2, 3, 5}, {2, 3, 4, 5}, {1, 3, 2, 2, 2}}) {
      Tensor x = random(1, sizes);
      Tensor scale = random(2, 3);
      Tensor shift = random(3, 3);
      Tensor mean = random(4, 3);
      Tensor variance = random(5, 3).add(1.5);
      Tensor expected =
          Reference.build(
              sizes,
              i -> {
                double deviation = Math.sqrt(Reference.at(variance, i[1]) + 1e-3);
                double normal = (Reference.at(x, i) - Reference.at(mean, i[1])) / deviation;
                return normal * Reference.at(scale, i[1]) + Reference.at(shift, i[1]);
              });
      check(new BatchNormalization(1e-3f), expected, CLOSE, x, scale, shift, mean, variance);
    }
  }

  @Test
  void meansAreTakenOverAnyAxes() {
    long[] sizes = {2, 3, 4, 5};
    Tensor x = random(1, sizes);
    for (long[] axes :
        new long[][] {{0}, {1}, {3}, {-1}, {2, 3}, {0, 1}, {0, 2}, {1, 3}, {0, 1, 2, 3}, {}}) {
      Set<Long> reduced = new TreeSet<>();
      for (long axis : axes) {
        reduced.add(axis < 0 ? axis + 4 : axis);
      }
      if (reduced.isEmpty()) {
        reduced.addAll(List.of(0L, 1L, 2L, 3L));
      }
      long[] kept = sizes.clone();
      reduced.forEach(axis -> kept[axis.intValue()] = 1);
      Tensor expected = Reference.build(kept, i -> mean(x, i, reduced));
      Tensor list = Tensor.of(axes, axes.length);
      check(new Reduce(Reduction.MEAN, true), expected, CLOSE, x, list);
      long[] squeezed =
          IntStream.range(0, 4)
              .filter(axis -> !reduced.contains((long) axis))
              .mapToLong(axis -> sizes[axis])
              .toArray();
      check(new Reduce(Reduction.MEAN, false), expected.reshape(squeezed), CLOSE, x, list);
    }
  }

  private static double mean(Tensor x, long[] index, Set<Long> reduced) {
    double sum = 0;
    long count = 0;
    long[] sizes = x.shape().sizes();
    for (long flat = 0; flat < x.dense().elements(); flat++) {
      long rest = flat;
      boolean inside = true;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        inside &= reduced.contains((long) axis) || rest % sizes[axis] == index[axis];
        rest /= sizes[axis];
      }
      if (inside) {
        sum += x.dense().doubleAt(flat);
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void theMeanOfNothingIsNotANumber() {
    Tensor mean = Tensor.zeros(2, 0).mean(false, 1);
    assertThat(mean.floats()).hasSize(2);
    assertThat(Arrays.toString(mean.floats())).isEqualTo("[NaN, NaN]");
  }

  @Test
  void meanTakesEachAxisOnce() {
    // torch.zeros(2, 3).mean((-1, 1)) fails: dim 1 appears multiple times
    assertThatThrownBy(() -> Tensor.zeros(2, 3).mean(false, -1, 1))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("axes [-1, 1] must name axes of rank 2, each once");
  }

  @Test
  void statisticsOfDifferentSizesAreAnErrorAlsoWhereTheChannelsAreNotKnown() {
    var net = new Graphs();
    var x = net.input("x", "n", "c", "4");
    var three = net.constant("three", Tensor.ones(3));
    var two = net.constant("two", Tensor.ones(2));
    var op = new BatchNormalization(1e-5f);
    assertThatThrownBy(() -> net.add(op, x, three, two, three, three))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("size of scale must equal that of B (3 vs 2)");
  }
}
