package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.MersenneTwister;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Dropout: a copy, or in training mode a choice that the seed alone decides, that of ONNX's
 * reference on numpy.random.
 */
final class DropoutRoutine {
  private static final double DEFAULT_RATIO = 0.5;

  private DropoutRoutine() {}

  static Routine of(Dropout op, Call call) {
    var elements = new Elements(call.input(0).dtype());
    long n = Sizes.product(call.sizes(0));
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          @Nullable MemorySegment y = call.hasOutput(0) ? buffers.output() : null;
          @Nullable MemorySegment mask = call.hasOutput(1) ? buffers.output(1) : null;
          return () -> {
            boolean training = call.has(2) && buffers.input(2).get(JAVA_BYTE, 0) != 0;
            double ratio = training ? ratio(call, buffers) : 0;
            if (ratio == 0) {
              keep(x, y, mask);
            } else {
              drop(elements, n, ratio, new MersenneTwister(op.seed().orElse(0L)), x, y, mask);
            }
          };
        });
  }

  private static double ratio(Call call, Buffers buffers) {
    double ratio =
        call.has(1) ? new Elements(call.input(1).dtype()).real(buffers.input(1), 0) : DEFAULT_RATIO;
    if (!(ratio >= 0 && ratio < 1)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "Dropout: ratio must be within [0, 1), found " + ratio);
    }
    return ratio;
  }

  private static void keep(
      MemorySegment x, @Nullable MemorySegment y, @Nullable MemorySegment mask) {
    if (y != null) {
      Memory.copy(x, y);
    }
    if (mask != null) {
      Memory.fill(mask, (byte) 1);
    }
  }

  private static void drop(
      Elements elements,
      long n,
      double ratio,
      MersenneTwister random,
      MemorySegment x,
      @Nullable MemorySegment y,
      @Nullable MemorySegment mask) {
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 10);
      boolean kept = random.nextDouble() >= ratio;
      if (y != null) {
        elements.real(y, i, kept ? elements.real(x, i) / (1 - ratio) : 0);
      }
      if (mask != null) {
        mask.set(JAVA_BYTE, i, (byte) (kept ? 1 : 0));
      }
    }
  }
}
