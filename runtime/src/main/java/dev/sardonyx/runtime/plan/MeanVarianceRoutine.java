package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.NormalizationOp.MeanVarianceNormalization;
import dev.sardonyx.api.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** MeanVarianceNormalization: in double and rounded once. */
final class MeanVarianceRoutine {
  private MeanVarianceRoutine() {}

  /** (X - mean) / (sqrt(variance) + a little), over any axes. */
  static Routine of(MeanVarianceNormalization op, Call call) {
    long[] sizes = call.sizes(0);
    List<Integer> axes =
        op.axes().stream().map(axis -> axis < 0 ? axis + sizes.length : axis).toList();
    var elements = new Elements(call.output().dtype());
    long[] kept = sizes.clone();
    long[] reduced = new long[sizes.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      reduced[axis] = axes.contains(axis) ? sizes[axis] : 1;
      kept[axis] = axes.contains(axis) ? 1 : sizes[axis];
    }
    long[] strides = LoopNest.strides(sizes);
    LoopNest starts = LoopNest.of(kept, strides);
    LoopNest line = LoopNest.of(reduced, strides);
    long count = Sizes.product(reduced);
    return Routine.of(
        buffers -> {
          var work = new Group(elements, buffers.input(0), buffers.output(), line, count);
          return () -> starts.forEach((at, step, _, _, _, n) -> work.run(at, step, n));
        });
  }

  /** The elements that share statistics, from several starts on. */
  private static final class Group {
    /** What ONNX's own expansion adds to the deviation. */
    private static final double EPSILON = 1e-9;

    private final Elements elements;
    private final MemorySegment x;
    private final MemorySegment y;
    private final LoopNest line;
    private final long count;
    private double sum;

    Group(Elements elements, MemorySegment x, MemorySegment y, LoopNest line, long count) {
      this.elements = elements;
      this.x = x;
      this.y = y;
      this.line = line;
      this.count = count;
    }

    void run(long at, long step, long n) {
      for (long i = 0; i < n; i++) {
        one(at + i * step);
      }
    }

    private void one(long start) {
      double mean = sum(start) / count;
      double root = Math.sqrt(squares(start, mean) / count);
      line.forEach(
          (at, step, _, _, _, n) -> {
            for (long i = start + at; i != start + at + n * step; i += step) {
              elements.real(y, i, (elements.real(x, i) - mean) / (root + EPSILON));
            }
          });
    }

    private double sum(long start) {
      sum = 0;
      line.forEach(
          (at, step, _, _, _, n) -> {
            for (long i = start + at; i != start + at + n * step; i += step) {
              sum += elements.real(x, i);
            }
          });
      return sum;
    }

    private double squares(long start, double mean) {
      sum = 0;
      line.forEach(
          (at, step, _, _, _, n) -> {
            for (long i = start + at; i != start + at + n * step; i += step) {
              double distance = elements.real(x, i) - mean;
              sum += distance * distance;
            }
          });
      return sum;
    }
  }
}
