package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Normalisations along channels or an axis. */
final class NormalizationRoutines {
  private NormalizationRoutines() {}

  static Routine of(NormalizationOp op, Call call, Kernels kernels) {
    return switch (op) {
      case BatchNormalization batch ->
          batch.trainingMode() ? BatchTrainingRoutine.of(batch, call) : batch(batch, call, kernels);
      case NormalizationOp.Softmax(int axis) -> softmax(axis, false, call, kernels);
      case NormalizationOp.LogSoftmax(int axis) -> softmax(axis, true, call, kernels);
      case NormalizationOp.Hardmax(int axis) -> AxisNormalizations.hardmax(axis, call);
      case NormalizationOp.LpNormalization(int axis, int p) ->
          AxisNormalizations.norm(axis, p, call);
      case NormalizationOp.LRN lrn -> AxisNormalizations.local(lrn, call);
      case NormalizationOp.MeanVarianceNormalization mean -> MeanVarianceRoutine.of(mean, call);
      case OwnStatisticsOp own -> OwnStatisticsRoutines.of(own, call, kernels);
    };
  }

  private static Routine softmax(int axis, boolean logarithm, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int along = call.output().shape().axis(axis);
    long outer = Sizes.product(sizes, 0, along);
    int n = Sizes.narrow(sizes[along]);
    long inner = Sizes.product(sizes, along + 1, sizes.length);
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              SharedRows.Body body =
                  (from, to, rows) -> kernels.softmax(from, to, rows, n, inner, logarithm);
              long row = Sizes.multiply(n, inner);
              return SharedRows.step(body, x, y, outer, row, kernels, buffers);
            })
        .withInPlace(Set.of(0));
  }

  private static Routine batch(BatchNormalization op, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int axis = call.channelsLast() ? sizes.length - 1 : 1;
    int channels = sizes.length == 1 ? 1 : Sizes.narrow(sizes[axis]);
    long outer = Sizes.product(sizes, 0, Math.min(axis, sizes.length));
    long inner = Sizes.product(sizes, Math.min(axis + 1, sizes.length), sizes.length);
    boolean plain = isPlain(op, call);
    var elements = new Elements(call.input(0).dtype());
    long scratch = plain ? 0 : Sizes.bytes(2L * channels, kernels);
    return Routine.of(
            buffers -> {
              long bytes = (long) channels * kernels.elementBytes();
              var x = buffers.input(0);
              var y = buffers.output();
              var scale = plain ? buffers.input(1) : buffers.scratch().asSlice(0, bytes);
              var shift = plain ? buffers.input(2) : buffers.scratch().asSlice(bytes, bytes);
              return () -> {
                if (!plain) {
                  statistics(elements, buffers, op.epsilon(), channels, scale, shift);
                }
                kernels.scaleShift(x, scale, shift, y, outer, channels, inner);
              };
            })
        .withScratch(scratch)
        .withInPlace(Set.of(0));
  }

  /** Whether the statistics change nothing, so that scale and B are factor and summand as given. */
  private static boolean isPlain(BatchNormalization op, Call call) {
    return op.epsilon() == 0
        && call.input(3).constant().filter(mean -> isAll(mean, 0)).isPresent()
        && call.input(4).constant().filter(variance -> isAll(variance, 1)).isPresent();
  }

  private static boolean isAll(DenseTensor tensor, float value) {
    for (long i = 0; i < tensor.elements(); i++) {
      if (tensor.doubleAt(i) != value) {
        return false;
      }
    }
    return true;
  }

  /** The statistics as one factor and one summand per channel, in double and rounded once. */
  private static void statistics(
      Elements elements,
      Buffers buffers,
      float epsilon,
      int channels,
      MemorySegment scale,
      MemorySegment shift) {
    for (int c = 0; c < channels; c++) {
      double variance = elements.real(buffers.input(4), c);
      double factor = elements.real(buffers.input(1), c) / Math.sqrt(variance + epsilon);
      double mean = elements.real(buffers.input(3), c);
      elements.real(scale, c, factor);
      elements.real(shift, c, elements.real(buffers.input(2), c) - mean * factor);
    }
  }
}
