package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Losses of classes, in double and rounded once. */
final class LossRoutines {
  private LossRoutines() {}

  static Routine of(LossOp op, Call call) {
    boolean softmax =
        switch (op) {
          case LossOp.NegativeLogLikelihoodLoss _ -> false;
          case LossOp.SoftmaxCrossEntropyLoss _ -> true;
        };
    return Routine.of(buffers -> new Run(op, call, softmax, buffers)::run);
  }

  private static final class Run {
    private final LossOp op;
    private final boolean softmax;
    private final Elements elements;
    private final Elements integers;
    private final MemorySegment scores;
    private final MemorySegment target;
    private final @Nullable MemorySegment weights;
    private final @Nullable MemorySegment loss;
    private final @Nullable MemorySegment logarithms;
    private final long samples;
    private final long classes;
    private final long inner;

    Run(LossOp op, Call call, boolean softmax, Buffers buffers) {
      this.op = op;
      this.softmax = softmax;
      DType type = call.input(0).dtype();
      elements = new Elements(type);
      integers = new Elements(call.input(1).dtype());
      scores = buffers.input(0);
      target = buffers.input(1);
      weights = call.has(2) ? buffers.input(2) : null;
      loss = call.hasOutput(0) ? buffers.output() : null;
      logarithms = call.hasOutput(1) ? buffers.output(1) : null;
      long[] sizes = call.sizes(0);
      classes = sizes[1];
      inner = Sizes.product(sizes, 2, sizes.length);
      samples = Sizes.multiply(sizes[0], inner);
    }

    void run() {
      double sum = 0;
      double divisor = 0;
      long left = Cancellation.EVERY;
      for (long i = 0; i < samples; i++) {
        left = Cancellation.spend(left, classes);
        long first = i / inner * classes * inner + i % inner;
        double shift = softmax ? logarithmOfSum(first) : 0;
        keepLogarithms(first, shift);
        long label = integers.integer(target, i);
        boolean ignored = op.ignoreIndex().isPresent() && op.ignoreIndex().get() == label;
        double weight = ignored ? 0 : weight(label);
        double score = ignored ? 0 : elements.real(scores, first + label * inner) - shift;
        double lost = ignored ? 0 : -score * weight;
        if (op.reduction() == LossOp.Reduction.NONE && loss != null) {
          elements.real(loss, i, lost);
        }
        sum += lost;
        divisor += weight;
      }
      if (op.reduction() != LossOp.Reduction.NONE && loss != null) {
        elements.real(loss, 0, op.reduction() == LossOp.Reduction.SUM ? sum : sum / divisor);
      }
    }

    private double weight(long label) {
      if (label < 0 || label >= classes) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            op.name() + ": targets must be within 0 and " + (classes - 1) + ", found " + label);
      }
      return weights == null ? 1 : elements.real(weights, label);
    }

    /** log(sum(exp(scores))) of one sample, the largest taken out first. */
    private double logarithmOfSum(long first) {
      double largest = Double.NEGATIVE_INFINITY;
      for (long c = 0; c < classes; c++) {
        Cancellation.pollAt(c);
        largest = Math.max(largest, elements.real(scores, first + c * inner));
      }
      double sum = 0;
      for (long c = 0; c < classes; c++) {
        Cancellation.pollAt(c);
        sum += Math.exp(elements.real(scores, first + c * inner) - largest);
      }
      return largest + Math.log(sum);
    }

    private void keepLogarithms(long first, double shift) {
      for (long c = 0; logarithms != null && c < classes; c++) {
        Cancellation.pollAt(c);
        long at = first + c * inner;
        elements.real(logarithms, at, elements.real(scores, at) - shift);
      }
    }
  }
}
