package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Normalisations by the statistics of parts of the input: each part is a row. */
final class OwnStatisticsRoutines {
  private OwnStatisticsRoutines() {}

  static Routine of(OwnStatisticsOp op, Call call, Kernels kernels) {
    return switch (op) {
      case OwnStatisticsOp.LayerNormalization(int axis, float epsilon) ->
          rows(true, axis, epsilon, call, kernels);
      case OwnStatisticsOp.RMSNormalization(int axis, float epsilon) ->
          rows(false, axis, epsilon, call, kernels);
      case OwnStatisticsOp.GroupNormalization(int groups, float epsilon) ->
          planes(groups, epsilon, call, kernels);
      case OwnStatisticsOp.InstanceNormalization(float epsilon) ->
          planes(Sizes.narrow(call.sizes(0)[1]), epsilon, call, kernels);
    };
  }

  /** Over the last axes: scale and shift vary within a row. */
  private static Routine rows(
      boolean centred, int axis, float epsilon, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int from = call.output().shape().axis(axis);
    long rows = Sizes.product(sizes, 0, from);
    long columns = Sizes.product(sizes, from, sizes.length);
    boolean fused = isRow(call, 1, columns) && (!call.has(2) || isRow(call, 2, columns));
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              @Nullable MemorySegment scale = fused ? buffers.input(1) : null;
              @Nullable MemorySegment shift = fused && call.has(2) ? buffers.input(2) : null;
              Step multiply =
                  fused ? () -> {} : apply(BinaryFunction.MUL, call, 1, buffers, kernels);
              Step add = fused ? () -> {} : apply(BinaryFunction.ADD, call, 2, buffers, kernels);
              Step statistics = statistics(epsilon, rows, columns, call, buffers);
              SharedRows.Body body =
                  (part, to, count) ->
                      kernels.normalizeRows(
                          centred, epsilon, part, scale, shift, to, count, columns);
              Step normalize = SharedRows.step(body, x, y, rows, columns, kernels, buffers);
              return () -> {
                statistics.run(); // first, for y may take the place of x
                normalize.run();
                multiply.run();
                add.run();
              };
            })
        .withInPlace(Set.of(0));
  }

  /** The mean and 1 / sqrt(variance + epsilon) of each row, where they are wanted. */
  private static Step statistics(
      float epsilon, long rows, long columns, Call call, Buffers buffers) {
    if (!call.hasOutput(1) && !call.hasOutput(2)) {
      return () -> {};
    }
    var elements = new Elements(call.input(0).dtype());
    MemorySegment x = buffers.input(0);
    return () -> {
      for (long row = 0; row < rows; row++) {
        double sum = 0;
        for (long i = row * columns; i < (row + 1) * columns; i++) {
          Cancellation.pollAt(i);
          sum += elements.real(x, i);
        }
        double mean = sum / columns;
        double squares = 0;
        for (long i = row * columns; i < (row + 1) * columns; i++) {
          Cancellation.pollAt(i);
          double distance = elements.real(x, i) - mean;
          squares += distance * distance;
        }
        if (call.hasOutput(1)) {
          elements.real(buffers.output(1), row, mean);
        }
        if (call.hasOutput(2)) {
          elements.real(buffers.output(2), row, 1 / Math.sqrt(squares / columns + epsilon));
        }
      }
    };
  }

  /** Whether an input holds one element for each column: then no axis before the row is in it. */
  private static boolean isRow(Call call, int input, long columns) {
    long[] sizes = call.sizes(input);
    long[] x = call.sizes(0);
    long expected = 1;
    for (int axis = 1; axis <= sizes.length && expected < columns; axis++) {
      if (sizes[sizes.length - axis] != x[x.length - axis]) {
        return false;
      }
      expected *= x[x.length - axis];
    }
    return expected == columns && Sizes.product(sizes) == columns;
  }

  /** y = function(y, input), the input broadcast. */
  private static Step apply(
      BinaryFunction function, Call call, int input, Buffers buffers, Kernels kernels) {
    if (!call.has(input)) {
      return () -> {};
    }
    MemorySegment y = buffers.output();
    MemorySegment operand = buffers.input(input);
    long[] sizes = call.outputSizes();
    LoopNest nest = LoopNest.broadcast(sizes, sizes, call.sizes(input));
    LoopNest.Run run =
        (yAt, yStep, at, step, to, n) ->
            kernels.binary(function, y, yAt, (int) yStep, operand, at, (int) step, y, to, n);
    return () -> nest.forEach(run);
  }

  /** Over groups of channels: scale and shift are one for each channel. */
  private static Routine planes(int groups, float epsilon, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int channels = Sizes.narrow(sizes[1]);
    long inner = Sizes.product(sizes, 2, sizes.length);
    long rows = Sizes.multiply(sizes[0], groups);
    long columns = Sizes.multiply(channels / groups, inner);
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var scale = buffers.input(1);
              var shift = buffers.input(2);
              var y = buffers.output();
              SharedRows.Body body =
                  (part, to, count) ->
                      kernels.normalizeRows(true, epsilon, part, null, null, to, count, columns);
              Step normalize = SharedRows.step(body, x, y, rows, columns, kernels, buffers);
              return () -> {
                normalize.run();
                kernels.scaleShift(y, scale, shift, y, sizes[0], channels, inner);
              };
            })
        .withInPlace(Set.of(0));
  }
}
