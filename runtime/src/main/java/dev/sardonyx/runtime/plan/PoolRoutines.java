package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.MaxUnpool;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.RegionOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.kernel.WindowSweep;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Pools of floats of the kernels' type: over one to three spatial axes by kernels. */
final class PoolRoutines {
  private static final int MOST_AXES = 3;

  private PoolRoutines() {}

  /** The fold that writes to some outputs. */
  @FunctionalInterface
  private interface Binding {
    PlainPools.Fold to(Buffers buffers);
  }

  static Routine of(PoolOp op, Call call, Kernels kernels) {
    var elements = new Elements(call.input(0).dtype());
    return switch (op) {
      case PoolOp.MaxPool pool when hasKernel(pool.window()) && !call.hasOutput(1) ->
          sweep(pool.window(), WindowSweep.Fold.MAXIMUM, call, kernels);
      case PoolOp.MaxPool pool -> plainMaximum(pool, call);
      case PoolOp.AveragePool pool when hasKernel(pool.window()) -> {
        boolean padded = pool.countIncludePad();
        var mean = padded ? WindowSweep.Fold.PADDED_MEAN : WindowSweep.Fold.MEAN;
        yield sweep(pool.window(), mean, call, kernels);
      }
      case PoolOp.AveragePool(Window window, boolean padding) ->
          folded(
              PlainPools.of(window, call),
              call,
              buffers -> new PlainPools.Mean(elements, buffers.output(), padding));
      case PoolOp.LpPool(Window window, int p) ->
          folded(
              PlainPools.of(window, call),
              call,
              buffers -> new PlainPools.Norm(elements, buffers.output(), p));
      case PoolOp.GlobalLpPool(int p) ->
          folded(
              PlainPools.ofPlanes(call.sizes(0)),
              call,
              buffers -> new PlainPools.Norm(elements, buffers.output(), p));
      case PoolOp.GlobalAveragePool _ when call.channelsLast() ->
          planes(WindowSweep.Fold.MEAN, call, kernels);
      case PoolOp.GlobalMaxPool _ when call.channelsLast() ->
          planes(WindowSweep.Fold.MAXIMUM, call, kernels);
      case PoolOp.GlobalAveragePool _ -> planes(RowReduction.MEAN, call, kernels);
      case PoolOp.GlobalMaxPool _ -> planes(RowReduction.MAX, call, kernels);
      case MaxUnpool unpool -> UnpoolRoutine.of(unpool, call);
      case RegionOp region -> RegionRoutines.of(region, call);
    };
  }

  private static boolean hasKernel(Window window) {
    return window.rank() >= 1 && window.rank() <= MOST_AXES;
  }

  private static Routine folded(PlainPools pools, Call call, Binding binding) {
    long planes = Sizes.product(call.sizes(0), 0, 2);
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          PlainPools.Fold fold = binding.to(buffers);
          return () -> pools.run(x, planes, fold);
        });
  }

  private static Routine plainMaximum(PoolOp.MaxPool op, Call call) {
    var elements = new Elements(call.input(0).dtype());
    long[] plane = Axes.spatial(call.sizes(0));
    return folded(
        PlainPools.of(op.window(), call),
        call,
        buffers -> {
          @Nullable MemorySegment places = call.hasOutput(1) ? buffers.output(1) : null;
          return new PlainPools.Largest(
              elements, buffers.output(), places, plane, op.columnMajor());
        });
  }

  /** Windows over one to three spatial axes. */
  private static Routine sweep(Window window, WindowSweep.Fold fold, Call call, Kernels kernels) {
    return ChannelOrder.of(
        call,
        last -> {
          long[] x = ChannelOrder.onnx(last.sizes(0));
          long[] y = ChannelOrder.onnx(last.outputSizes());
          return sweep(fold, x, Axes.of(window, x), y, kernels);
        });
  }

  /** Whole planes, whose axes are walked as one. */
  private static Routine planes(WindowSweep.Fold fold, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int pixels = Sizes.narrow(Sizes.product(sizes, 1, sizes.length - 1));
    long[] x = {sizes[0], sizes[sizes.length - 1], pixels};
    var whole = new Axis(pixels, pixels, 1, 1, 0, 0);
    var axes = new Axes(Axis.SINGLE, Axis.SINGLE, whole);
    return sweep(fold, x, axes, new long[] {x[0], x[1], 1}, kernels);
  }

  private static Routine sweep(
      WindowSweep.Fold fold, long[] x, Axes axes, long[] y, Kernels kernels) {
    int batch = Sizes.narrow(x[0]);
    int channels = Sizes.narrow(x[1]);
    return Routine.of(
        buffers -> {
          var sweep =
              new WindowSweep(
                  fold,
                  batch,
                  channels,
                  axes.depth(),
                  axes.height(),
                  axes.width(),
                  Axes.size(y, 0),
                  Axes.size(y, 1),
                  Axes.size(y, 2),
                  buffers.input(0),
                  null,
                  buffers.output(),
                  Epilogue.NONE);
          return DepthwiseRoutine.sweep(sweep, kernels, buffers);
        });
  }

  private static Routine planes(RowReduction reduction, Call call, Kernels kernels) {
    long[] x = call.sizes(0);
    long rows = Sizes.product(x, 0, 2);
    long columns = Sizes.product(x, 2, x.length);
    return Routine.of(
        buffers -> {
          var from = buffers.input(0);
          var to = buffers.output();
          return () -> kernels.reduceRows(reduction, from, to, rows, columns);
        });
  }
}
