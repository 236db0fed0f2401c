package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** BatchNormalization in training mode: in double and rounded once. */
final class BatchTrainingRoutine {
  private final BatchNormalization op;
  private final long outer;
  private final long channels;
  private final long inner;
  private final Elements elements;
  private final Buffers buffers;

  private BatchTrainingRoutine(BatchNormalization op, Call call, Buffers buffers) {
    this.op = op;
    this.buffers = buffers;
    long[] sizes = call.sizes(0);
    outer = sizes[0];
    channels = channels(sizes);
    inner = Sizes.product(sizes, Math.min(2, sizes.length), sizes.length);
    elements = new Elements(call.input(0).dtype());
  }

  static Routine of(BatchNormalization op, Call call) {
    return Routine.of(buffers -> new BatchTrainingRoutine(op, call, buffers)::run);
  }

  /** The channels of (N, C, ...); a vector has one. */
  static long channels(long[] sizes) {
    return sizes.length == 1 ? 1 : sizes[1];
  }

  private @Nullable MemorySegment output(int index) {
    return index < buffers.outputs().size() ? buffers.outputs().get(index).orElse(null) : null;
  }

  private void run() {
    for (long c = 0; c < channels; c++) {
      double mean = mean(c);
      double variance = variance(c, mean);
      keep(output(1), c, elements.real(buffers.input(3), c), mean);
      keep(output(2), c, elements.real(buffers.input(4), c), variance);
      normalize(c, mean, variance);
    }
  }

  private void keep(@Nullable MemorySegment to, long c, double before, double own) {
    if (to != null) {
      elements.real(to, c, before * op.momentum() + own * (1 - (double) op.momentum()));
    }
  }

  private long place(long o, long c, long i) {
    return (o * channels + c) * inner + i;
  }

  private double mean(long c) {
    double sum = 0;
    for (long o = 0; o < outer; o++) {
      Cancellation.poll();
      for (long i = 0; i < inner; i++) {
        sum += elements.real(buffers.input(0), place(o, c, i));
      }
    }
    return sum / (outer * inner);
  }

  private double variance(long c, double mean) {
    double sum = 0;
    for (long o = 0; o < outer; o++) {
      Cancellation.poll();
      for (long i = 0; i < inner; i++) {
        double distance = elements.real(buffers.input(0), place(o, c, i)) - mean;
        sum += distance * distance;
      }
    }
    return sum / (outer * inner);
  }

  private void normalize(long c, double mean, double variance) {
    MemorySegment y = output(0);
    double root = Math.sqrt(variance + op.epsilon());
    double scale = elements.real(buffers.input(1), c);
    double shift = elements.real(buffers.input(2), c);
    for (long o = 0; y != null && o < outer; o++) {
      Cancellation.poll();
      for (long i = 0; i < inner; i++) {
        long at = place(o, c, i);
        double value = elements.real(buffers.input(0), at);
        elements.real(y, at, (value - mean) / root * scale + shift);
      }
    }
  }
}
