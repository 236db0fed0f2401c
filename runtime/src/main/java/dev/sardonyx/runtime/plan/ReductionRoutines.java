package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reductions along axes: float32 by kernels, other types by plain loops. */
final class ReductionRoutines {
  /** Results of a cache line. */
  private static final int UNIT = 16;

  /** A reduction of rows in memory. */
  @FunctionalInterface
  interface RowsFunction {
    void apply(MemorySegment x, MemorySegment y, long rows, long columns);
  }

  private ReductionRoutines() {}

  static Routine of(ReductionOp op, Call call, Kernels kernels) {
    return switch (op) {
      case ReductionOp.Reduce reduce -> {
        List<Integer> axes = reduce.axes(call.axes(1, List.of()), call.sizes(0).length);
        yield rows(
            call, axes, reduce(function(reduce.reduction()), call.input(0).dtype(), kernels));
      }
      case ReductionOp.Arg arg -> {
        int axis = call.input(0).type().shape().axis(arg.axis());
        yield rows(call, List.of(axis), PlainRows.arg(arg, call.input(0).dtype()));
      }
      case ReductionOp.CumSum(boolean exclusive, boolean reverse) ->
          cumulative(PlainRows.sums(call.input(0).dtype(), exclusive), reverse, call);
      case ReductionOp.CumProd(boolean exclusive, boolean reverse) ->
          cumulative(PlainRows.products(call.input(0).dtype(), exclusive), reverse, call);
    };
  }

  private static Routine rows(Call call, List<Integer> axes, RowsFunction function) {
    var rows = Rows.of(call.sizes(0), axes, call.elementBytes());
    return Routine.of(
            buffers -> {
              var x = rows.place(buffers);
              var y = buffers.output();
              Step gathering = rows.gathering(buffers);
              Step reducing = reducing(rows, function, x, y, call, buffers.team());
              return () -> {
                gathering.run();
                reducing.run();
              };
            })
        .withScratch(rows.scratchBytes());
  }

  /** Rows of floats are shared, each range as memory of its own. */
  private static Step reducing(
      Rows rows, RowsFunction function, MemorySegment x, MemorySegment y, Call call, Team team) {
    long columns = rows.columns();
    boolean floats =
        call.input(0).dtype() == DType.FLOAT32 && call.output().dtype() == DType.FLOAT32;
    var split = Split.of(rows.rows(), Sizes.multiply(rows.rows(), columns), UNIT, team.size());
    if (!floats || split.count() == 1) {
      return () -> function.apply(x, y, rows.rows(), columns);
    }
    return split.bound(
        team,
        (from, to) -> {
          long bytes = columns * Float.BYTES;
          var xPart = x.asSlice(from * bytes, (to - from) * bytes);
          var yPart = y.asSlice(from * Float.BYTES, (to - from) * Float.BYTES);
          return () -> function.apply(xPart, yPart, to - from, columns);
        });
  }

  private static RowsFunction reduce(RowReduction function, DType type, Kernels kernels) {
    return type == DType.FLOAT32
        ? (x, y, rows, columns) -> kernels.reduceRows(function, x, y, rows, columns)
        : PlainRows.reduce(function, type);
  }

  private static RowReduction function(Reduction reduction) {
    return switch (reduction) {
      case SUM -> RowReduction.SUM;
      case MEAN -> RowReduction.MEAN;
      case MAX -> RowReduction.MAX;
      case MIN -> RowReduction.MIN;
      case PROD -> RowReduction.PROD;
      case L1 -> RowReduction.L1;
      case L2 -> RowReduction.L2;
      case LOG_SUM -> RowReduction.LOG_SUM;
      case LOG_SUM_EXP -> RowReduction.LOG_SUM_EXP;
      case SUM_SQUARE -> RowReduction.SUM_SQUARE;
    };
  }

  /** The axis is read at each run. */
  private static Routine cumulative(PlainRows.Running running, boolean reverse, Call call) {
    long[] sizes = call.sizes(0);
    var integers = new Elements(call.input(1).dtype());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          var named = buffers.input(1);
          return () -> {
            int axis = axis(integers.integer(named, 0), sizes.length, call);
            long outer = Sizes.product(sizes, 0, axis);
            long n = sizes[axis];
            long inner = Sizes.product(sizes, axis + 1, sizes.length);
            long left = Cancellation.EVERY;
            for (long o = 0; o < outer; o++) {
              for (long i = 0; i < inner; i++) {
                left = Cancellation.spend(left, n);
                long first = o * n * inner + i;
                long last = first + (n - 1) * inner;
                running.apply(x, y, reverse ? last : first, reverse ? -inner : inner, n);
              }
            }
          };
        });
  }

  private static int axis(long named, int rank, Call call) {
    if (named < -rank || named >= rank) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          call.op().name() + ": axis " + named + " is outside a tensor of rank " + rank);
    }
    return (int) (named < 0 ? named + rank : named);
  }
}
