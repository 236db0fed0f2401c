package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.check;
import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowOperatorsTest {
  private static final double CLOSE = 1e-5;

  private static Window window(
      List<Integer> kernel, int stride, int dilation, List<Integer> pads, AutoPad auto) {
    int rank = kernel.size();
    return new Window(
        kernel,
        Collections.nCopies(rank, stride),
        Collections.nCopies(rank, dilation),
        pads,
        auto,
        false);
  }

  @Test
  void convolutionAgreesWithItsDefinition() {
    record Case(int channels, int out, int groups, int stride, int dilation, List<Integer> pads) {}
    List<Case> cases =
        List.of(
            new Case(3, 5, 1, 1, 1, List.of(0, 0, 0, 0)),
            new Case(3, 5, 1, 2, 1, List.of(1, 1, 1, 1)),
            new Case(3, 4, 1, 1, 2, List.of(2, 1, 0, 3)),
            new Case(4, 6, 2, 1, 1, List.of(1, 0, 1, 2)),
            new Case(4, 4, 4, 1, 1, List.of(1, 1, 1, 1)),
            new Case(4, 8, 4, 2, 1, List.of(0, 2, 1, 0)));
    for (Case c : cases) {
      Tensor x = random(1, 2, c.channels(), 9, 11);
      Tensor w = random(2, c.out(), c.channels() / c.groups(), 3, 2);
      Tensor b = random(3, c.out());
      Window window = window(List.of(3, 2), c.stride(), c.dilation(), c.pads(), AutoPad.NOTSET);
      long height = (9 + c.pads().get(0) + c.pads().get(2) - 2 * c.dilation() - 1) / c.stride() + 1;
      long width = (11 + c.pads().get(1) + c.pads().get(3) - c.dilation() - 1) / c.stride() + 1;
      long[] sizes = {2, c.out(), height, width};
      double[] bias = new double[c.out()];
      Arrays.setAll(bias, i -> b.floats()[i]);
      Conv op = new Conv(window, c.groups());
      check(
          op,
          Reference.convolution(x, w, new double[0], window, c.pads(), c.groups(), sizes),
          CLOSE,
          x,
          w);
      check(
          op,
          Reference.convolution(x, w, bias, window, c.pads(), c.groups(), sizes),
          CLOSE,
          x,
          w,
          b);
    }
  }

  @Test
  void autoPadPutsTheOddPadWhereItsNameSays() {
    Tensor x = random(1, 1, 2, 6, 7);
    Tensor w = random(2, 3, 2, 2, 4);
    List<Integer> none = List.of(0, 0, 0, 0);
    Window upper = window(List.of(2, 4), 1, 1, none, AutoPad.SAME_UPPER);
    Window lower = window(List.of(2, 4), 1, 1, none, AutoPad.SAME_LOWER);
    Window valid = window(List.of(2, 4), 1, 1, none, AutoPad.VALID);
    double[] zero = new double[0];
    long[] same = {1, 3, 6, 7};
    Tensor up = Reference.convolution(x, w, zero, upper, List.of(0, 1, 1, 2), 1, same);
    Tensor low = Reference.convolution(x, w, zero, lower, List.of(1, 2, 0, 1), 1, same);
    Tensor in = Reference.convolution(x, w, zero, valid, none, 1, new long[] {1, 3, 5, 4});
    check(new Conv(upper, 1), up, CLOSE, x, w);
    check(new Conv(lower, 1), low, CLOSE, x, w);
    check(new Conv(valid, 1), in, CLOSE, x, w);
  }

  @Test
  void convolutionOverOneAxisIsOneOverAPictureOfHeightOne() {
    Tensor x = random(1, 2, 3, 10);
    Tensor w = random(2, 4, 3, 3);
    Window one = window(List.of(3), 2, 1, List.of(1, 2), AutoPad.NOTSET);
    Window two = window(List.of(1, 3), 2, 1, List.of(0, 1, 0, 2), AutoPad.NOTSET);
    Tensor expected =
        Reference.convolution(
                x.reshape(2, 3, 1, 10),
                w.reshape(4, 3, 1, 3),
                new double[0],
                two,
                List.of(0, 1, 0, 2),
                1,
                new long[] {2, 4, 1, 6})
            .reshape(2, 4, 6);
    check(new Conv(one, 1), expected, CLOSE, x, w);
  }

  @Test
  void convolutionOfAnEmptyBatchIsEmpty() {
    Window window = window(List.of(1, 1), 1, 1, List.of(0, 0, 0, 0), AutoPad.NOTSET);
    check(
        new Conv(window, 1),
        Tensor.zeros(0, 2, 4, 4),
        0,
        Tensor.zeros(0, 3, 4, 4),
        random(1, 2, 3, 1, 1));
  }

  @Test
  void convolutionOverFourAxesIsRefused() {
    List<Integer> none = Collections.nCopies(8, 0);
    Window window = window(List.of(1, 1, 1, 1), 1, 1, none, AutoPad.NOTSET);
    var evaluator = new NativeEvaluator();
    var inputs = Operators.given(random(1, 1, 1, 2, 2, 2, 2), random(2, 1, 1, 1, 1, 1, 1));
    assertThatThrownBy(() -> evaluator.evaluate(new Conv(window, 1), inputs))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("Conv: 4 spatial axes (1 to 3 are there)");
  }

  @Test
  void maxPoolRoundsUpInCeilMode() {
    Tensor x = Tensor.of(new float[] {1, 5, 2, 4, 3}, 1, 1, 5);
    Window floor = window(List.of(2), 2, 1, List.of(0, 0), AutoPad.NOTSET);
    check(new PoolOp.MaxPool(floor), Tensor.of(new float[] {5, 4}, 1, 1, 2), 0, x);
    check(
        new PoolOp.MaxPool(floor.withCeilMode(true)),
        Tensor.of(new float[] {5, 4, 3}, 1, 1, 3),
        0,
        x);
  }

  @Test
  void maxPoolNeverTakesPadding() {
    Tensor x = Tensor.of(new float[] {-1, -2, -3, -4}, 1, 1, 2, 2);
    Window window = window(List.of(2, 2), 1, 1, List.of(1, 1, 0, 0), AutoPad.NOTSET);
    check(new PoolOp.MaxPool(window), Tensor.of(new float[] {-1, -1, -1, -1}, 1, 1, 2, 2), 0, x);
  }

  @Test
  void averagePoolCountsPaddingOnRequestOnly() {
    Tensor x = Tensor.of(new float[] {2, 4, 6, 8}, 1, 1, 2, 2);
    Window window = window(List.of(2, 2), 1, 1, List.of(1, 1, 0, 0), AutoPad.NOTSET);
    check(
        new PoolOp.AveragePool(window, false),
        Tensor.of(new float[] {2, 3, 4, 5}, 1, 1, 2, 2),
        0,
        x);
    check(
        new PoolOp.AveragePool(window, true),
        Tensor.of(new float[] {0.5f, 1.5f, 2, 5}, 1, 1, 2, 2),
        0,
        x);
  }

  @Test
  void averagePoolOverOneAxis() {
    Tensor x = Tensor.of(new float[] {1, 3, 5, 7, 9}, 1, 1, 5);
    Window window = window(List.of(3), 2, 1, List.of(0, 0), AutoPad.NOTSET).withCeilMode(true);
    check(new PoolOp.AveragePool(window, false), Tensor.of(new float[] {3, 7}, 1, 1, 2), 0, x);
  }

  @Test
  void globalAveragePoolTakesAnyRank() {
    for (long[] sizes : new long[][] {{2, 3, 5}, {2, 3, 4, 5}, {1, 2, 2, 3, 4}}) {
      Tensor x = random(1, sizes);
      long plane = 1;
      for (int axis = 2; axis < sizes.length; axis++) {
        plane *= sizes[axis];
      }
      Tensor rows = x.reshape(sizes[0], sizes[1], plane);
      long[] pooled = sizes.clone();
      Arrays.fill(pooled, 2, sizes.length, 1);
      long columns = plane;
      Tensor expected =
          Reference.build(
              pooled,
              i -> {
                double sum = 0;
                for (long j = 0; j < columns; j++) {
                  sum += Reference.at(rows, i[0], i[1], j);
                }
                return sum / columns;
              });
      check(new PoolOp.GlobalAveragePool(), expected, CLOSE, x);
    }
  }

  @Test
  void paddingBeyond32BitsIsNoOverflow() {
    int far = Integer.MAX_VALUE;
    var window =
        new Window(List.of(2), List.of(far), List.of(1), List.of(0, far), AutoPad.NOTSET, false);
    Tensor x = Tensor.of(new float[] {1, 3, 5}, 1, 1, 3);
    check(new PoolOp.AveragePool(window, true), Tensor.of(new float[] {2, 0}, 1, 1, 2), 0, x);
  }
}
