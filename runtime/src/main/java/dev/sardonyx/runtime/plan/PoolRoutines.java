package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PoolGeometry;
import dev.sardonyx.runtime.kernel.RowReduction;

/** Pools over one to three spatial axes, and of whole planes of any rank. */
final class PoolRoutines {
  private PoolRoutines() {}

  static Routine of(PoolOp op, Call call, Kernels kernels) {
    return switch (op) {
      case PoolOp.MaxPool pool -> maximum(pool, call, kernels);
      case PoolOp.AveragePool(Window window, boolean countIncludePad) -> {
        PoolGeometry geometry = geometry(window, call, countIncludePad);
        yield Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              return () -> kernels.averagePool(geometry, x, y);
            });
      }
      case PoolOp.GlobalAveragePool _ -> planes(RowReduction.MEAN, call.sizes(0), kernels);
      case PoolOp.GlobalMaxPool _ -> planes(RowReduction.MAX, call.sizes(0), kernels);
    };
  }

  private static Routine maximum(PoolOp.MaxPool op, Call call, Kernels kernels) {
    PoolGeometry geometry = geometry(op.window(), call, false);
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          if (!call.hasOutput(1)) {
            return () -> kernels.maxPool(geometry, x, y);
          }
          var places = buffers.output(1);
          return () -> kernels.maxPoolWithPlaces(geometry, x, y, places, op.columnMajor());
        });
  }

  private static Routine planes(RowReduction reduction, long[] x, Kernels kernels) {
    long rows = Sizes.product(x, 0, 2);
    long columns = Sizes.product(x, 2, x.length);
    return Routine.of(
        buffers -> {
          var from = buffers.input(0);
          var to = buffers.output();
          return () -> kernels.reduceRows(reduction, from, to, rows, columns);
        });
  }

  private static PoolGeometry geometry(Window window, Call call, boolean countIncludePad) {
    long[] x = call.sizes(0);
    long[] y = call.outputSizes();
    Axes axes = Axes.of(window, x);
    return new PoolGeometry(
        Sizes.narrow(Sizes.multiply(x[0], x[1])),
        axes.depth(),
        axes.height(),
        axes.width(),
        Axes.size(y, 0),
        Axes.size(y, 1),
        Axes.size(y, 2),
        countIncludePad);
  }
}
