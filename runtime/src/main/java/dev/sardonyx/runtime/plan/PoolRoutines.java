package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PoolGeometry;
import dev.sardonyx.runtime.kernel.RowReduction;

/** Pools over one or two spatial axes, and means of whole planes of any rank. */
final class PoolRoutines {
  private PoolRoutines() {}

  static Routine of(PoolOp op, Call call, Kernels kernels) {
    return switch (op) {
      case PoolOp.MaxPool(Window window) -> {
        PoolGeometry geometry = geometry(window, call, false);
        yield Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              return () -> kernels.maxPool(geometry, x, y);
            });
      }
      case PoolOp.AveragePool(Window window, boolean countIncludePad) -> {
        PoolGeometry geometry = geometry(window, call, countIncludePad);
        yield Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              return () -> kernels.averagePool(geometry, x, y);
            });
      }
      case PoolOp.GlobalAveragePool _ -> planes(call.sizes(0), kernels);
    };
  }

  private static Routine planes(long[] x, Kernels kernels) {
    long rows = Sizes.product(x, 0, 2);
    long columns = Sizes.product(x, 2, x.length);
    return Routine.of(
        buffers -> {
          var from = buffers.input(0);
          var to = buffers.output();
          return () -> kernels.reduceRows(RowReduction.MEAN, from, to, rows, columns);
        });
  }

  private static PoolGeometry geometry(Window window, Call call, boolean countIncludePad) {
    long[] x = call.sizes(0);
    long[] y = call.outputSizes();
    var plane = PlaneWindow.of(window, x);
    return new PoolGeometry(
        Sizes.narrow(Sizes.multiply(x[0], x[1])),
        plane.height(),
        plane.width(),
        plane.kernelHeight(),
        plane.kernelWidth(),
        plane.strideHeight(),
        plane.strideWidth(),
        plane.dilationHeight(),
        plane.dilationWidth(),
        plane.padTop(),
        plane.padLeft(),
        plane.padBottom(),
        plane.padRight(),
        window.rank() == 1 ? 1 : Sizes.narrow(y[2]),
        Sizes.narrow(y[y.length - 1]),
        countIncludePad);
  }
}
