package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.MaxUnpool;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** MaxUnpool: zeros, and the elements of X where the places say, whatever their type. */
final class UnpoolRoutine {
  private UnpoolRoutine() {}

  static Routine of(MaxUnpool op, Call call) {
    long[] natural = Shape.of(op.natural(call.input(0).type().shape())).sizes();
    long[] sizes = call.outputSizes();
    long places = Sizes.product(natural);
    long count = Sizes.product(call.sizes(0));
    int bytes = call.elementBytes();
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var indices = buffers.input(1);
          var y = buffers.output();
          return () -> {
            Memory.fill(y, (byte) 0);
            long left = Cancellation.EVERY;
            for (long i = 0; i < count; i++) {
              left = Cancellation.spend(left, 4);
              long place = indices.get(JAVA_LONG_UNALIGNED, i * Long.BYTES);
              requireWithin(place, places);
              long target = target(place, natural, sizes);
              MemorySegment.copy(x, i * bytes, y, target * bytes, bytes);
            }
          };
        });
  }

  /** The same index in the output, which may be larger than what the window leads back to. */
  private static long target(long place, long[] natural, long[] sizes) {
    long rest = place;
    long target = 0;
    long stride = 1;
    for (int axis = natural.length - 1; axis >= 0; axis--) {
      long index = rest % natural[axis];
      if (index >= sizes[axis]) {
        throw error("places must be within the output, found " + place);
      }
      rest /= natural[axis];
      target += index * stride;
      stride *= sizes[axis];
    }
    return target;
  }

  private static void requireWithin(long place, long places) {
    if (place < 0 || place >= places) {
      throw error("I must be within 0 and " + (places - 1) + ", found " + place);
    }
  }

  private static SardonyxException error(String law) {
    return new SardonyxException(ErrorCode.ARGUMENT, "MaxUnpool: " + law);
  }
}
