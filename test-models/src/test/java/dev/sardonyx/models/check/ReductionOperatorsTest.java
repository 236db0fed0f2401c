package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;

import dev.sardonyx.api.op.ReductionOp.Arg;
import dev.sardonyx.api.op.ReductionOp.CumSum;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reductions on both engines. */
class ReductionOperatorsTest {

  private static Tensor floats(long... sizes) {
    float[] values = new float[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.3f + i * 37 % 101 / 60f;
    }
    return Tensor.of(values, sizes);
  }

  private static Tensor longs(long... sizes) {
    long[] values = new long[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i * 5L % 3;
    }
    return Tensor.of(values, sizes);
  }

  private static int count(long[] sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    return count;
  }

  private static Tensor n(long... values) {
    return Tensor.of(values, values.length);
  }

  @ParameterizedTest
  @EnumSource
  void reducesAnyAxes(Reduction reduction) {
    Tensor x = floats(3, 4, 5);
    agree(new Reduce(reduction, true), x, n(-1));
    agree(new Reduce(reduction, false), x, n(0));
    agree(new Reduce(reduction, false), x, n(0, 2));
    agree(new Reduce(reduction, true), x);
    agree(new Reduce(reduction, false), x, n());
    agree(new Reduce(reduction, false), floats(2, 67), n(1));
    agree(new Reduce(reduction, false), Tensor.scalar(2f));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOG_SUM", "LOG_SUM_EXP", "L2"})
  void integersAreReducedExactly(Reduction reduction) {
    agree(new Reduce(reduction, false), longs(3, 4), n(1));
    agree(new Reduce(reduction, false), longs(3, 4), n(0));
  }

  @ParameterizedTest
  @EnumSource
  void doublesAreReducedInDouble(Reduction reduction) {
    double[] values = {1, 2.5, 0.25, 3, 7, 1e-9};
    boolean there = reduction != Reduction.L1 && reduction != Reduction.L2;
    if (there) { // ONNX Runtime has no float64 kernels for norms
      agree(new Reduce(reduction, false), Tensor.of(values, 2, 3), n(1));
    }
  }

  @Test
  void withoutAxesNothingIsReducedWhereAskedFor() {
    agree(new Reduce(Reduction.SUM, true, true), floats(2, 3), n());
    agree(new Reduce(Reduction.SUM, false, true), floats(2, 3), n(1));
  }

  @Test
  void argMaxAndArgMin() {
    Tensor x = Tensor.of(new float[] {1, 3, 3, 2, 0, 0}, 2, 3);
    for (boolean max : new boolean[] {true, false}) {
      for (boolean last : new boolean[] {true, false}) {
        agree(new Arg(max, 1, false, last), x);
        agree(new Arg(max, -2, true, last), x);
      }
    }
    agree(new Arg(true, 0, true, false), longs(5, 2));
  }

  @Test
  void cumSum() {
    Tensor x = floats(2, 3, 4);
    for (boolean exclusive : new boolean[] {true, false}) {
      for (boolean reverse : new boolean[] {true, false}) {
        agree(new CumSum(exclusive, reverse), x, Tensor.scalar(1L));
        agree(new CumSum(exclusive, reverse), x, Tensor.scalar(-1L));
      }
    }
    agree(new CumSum(false, false), longs(4), Tensor.scalar(0L));
  }
}
