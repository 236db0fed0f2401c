package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Random numbers, drawn anew at each run. */
final class RandomRoutines {
  private RandomRoutines() {}

  static Routine of(RandomOp op, Call call) {
    var elements = new Elements(call.output().dtype());
    long n = Sizes.product(call.outputSizes());
    return switch (op) {
      case RandomOp.Fill fill ->
          Routine.of(
              buffers ->
                  () ->
                      fill(
                          op,
                          fill.distribution(),
                          fill.a(),
                          fill.b(),
                          elements,
                          buffers.output(),
                          n));
      case RandomOp.Like like ->
          Routine.of(
              buffers ->
                  () ->
                      fill(
                          op,
                          like.distribution(),
                          like.a(),
                          like.b(),
                          elements,
                          buffers.output(),
                          n));
      case RandomOp.Bernoulli _ -> bernoulli(op, call);
      case RandomOp.Multinomial multinomial -> multinomial(multinomial, call);
    };
  }

  private static void fill(
      RandomOp op,
      RandomOp.Distribution distribution,
      double a,
      double b,
      Elements elements,
      MemorySegment y,
      long n) {
    var numbers = RandomNumbers.of(op.seed());
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      double drawn =
          switch (distribution) {
            case NORMAL -> a + b * numbers.normal();
            case UNIFORM -> a + (b - a) * numbers.uniform();
          };
      elements.real(y, i, drawn);
    }
  }

  private static Routine bernoulli(RandomOp op, Call call) {
    var read = new Elements(call.input(0).dtype());
    var write = new Elements(call.output().dtype());
    long n = Sizes.product(call.outputSizes());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            var numbers = RandomNumbers.of(op.seed());
            for (long i = 0; i < n; i++) {
              Cancellation.pollAt(i);
              write.number(y, i, numbers.uniform() < read.real(x, i) ? 1 : 0);
            }
          };
        });
  }

  private static Routine multinomial(RandomOp.Multinomial op, Call call) {
    DType type = call.input(0).dtype();
    var read = new Elements(type);
    var write = new Elements(call.output().dtype());
    long batch = call.sizes(0)[0];
    long classes = call.sizes(0)[1];
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            var numbers = RandomNumbers.of(op.seed());
            for (long row = 0; row < batch; row++) {
              Cancellation.poll();
              var weights = new Weighted(read, x, row * classes, classes);
              long left = Cancellation.EVERY;
              for (long i = 0; i < op.sampleSize(); i++) {
                left = Cancellation.spend(left, classes);
                write.integer(y, row * op.sampleSize() + i, weights.at(numbers.uniform()));
              }
            }
          };
        });
  }

  /** Classes with the exponentials of their elements as weights. */
  private record Weighted(
      Elements elements, MemorySegment x, long first, long count, double largest, double total) {

    Weighted(Elements elements, MemorySegment x, long first, long count) {
      this(elements, x, first, count, largest(elements, x, first, count));
    }

    private Weighted(Elements elements, MemorySegment x, long first, long count, double largest) {
      this(elements, x, first, count, largest, total(elements, x, first, count, largest));
    }

    private static double largest(Elements elements, MemorySegment x, long first, long count) {
      double largest = Double.NEGATIVE_INFINITY;
      for (long i = 0; i < count; i++) {
        Cancellation.pollAt(i);
        largest = Math.max(largest, elements.real(x, first + i));
      }
      if (!Double.isFinite(largest)) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "Multinomial: the logarithms of probabilities must have a finite largest, found "
                + largest);
      }
      return largest;
    }

    private static double total(
        Elements elements, MemorySegment x, long first, long count, double largest) {
      double total = 0;
      for (long i = 0; i < count; i++) {
        Cancellation.pollAt(i);
        total += StrictMath.exp(elements.real(x, first + i) - largest);
      }
      return total;
    }

    /** The class at a share of the total weight. */
    long at(double share) {
      double left = share * total;
      long last = 0;
      for (long i = 0; i < count; i++) {
        Cancellation.pollAt(i);
        double weight = StrictMath.exp(elements.real(x, first + i) - largest);
        if (weight > 0) {
          last = i;
        }
        left -= weight;
        if (left < 0) {
          return i;
        }
      }
      return last;
    }
  }
}
