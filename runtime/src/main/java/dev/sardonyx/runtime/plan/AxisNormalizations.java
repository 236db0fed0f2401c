package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.NormalizationOp.LRN;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Normalisations along an axis that have no kernels: in double and rounded once. */
final class AxisNormalizations {
  private AxisNormalizations() {}

  /** The work on the n elements from {@code first} on, {@code step} apart. */
  @FunctionalInterface
  private interface Line {
    void run(Elements elements, MemorySegment x, MemorySegment y, long first, long step, long n);
  }

  /** Every line along an axis. */
  private static Routine along(int axis, Call call, Line line) {
    long[] sizes = call.sizes(0);
    int along = call.output().shape().axis(axis);
    long outer = Sizes.product(sizes, 0, along);
    long n = sizes[along];
    long inner = Sizes.product(sizes, along + 1, sizes.length);
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            long left = Cancellation.EVERY;
            for (long o = 0; o < outer; o++) {
              for (long i = 0; i < inner; i++) {
                left = Cancellation.spend(left, n);
                line.run(elements, x, y, o * n * inner + i, inner, n);
              }
            }
          };
        });
  }

  /** The first of the largest; NaN counts as the largest. */
  static Routine hardmax(int axis, Call call) {
    return along(
        axis,
        call,
        (elements, x, y, first, step, n) -> {
          long best = first;
          for (long i = 1; i < n; i++) {
            Cancellation.pollAt(i);
            double value = elements.real(x, first + i * step);
            double largest = elements.real(x, best);
            boolean larger = value > largest || Double.isNaN(value) && !Double.isNaN(largest);
            best = larger ? first + i * step : best;
          }
          for (long i = 0; i < n; i++) {
            Cancellation.pollAt(i);
            long at = first + i * step;
            elements.real(y, at, at == best ? 1 : 0);
          }
        });
  }

  static Routine norm(int axis, int p, Call call) {
    return along(
            axis,
            call,
            (elements, x, y, first, step, n) -> {
              double sum = 0;
              for (long i = 0; i < n; i++) {
                Cancellation.pollAt(i);
                double size = Math.abs(elements.real(x, first + i * step));
                sum += p == 1 ? size : size * size;
              }
              double norm = p == 1 ? sum : Math.sqrt(sum);
              for (long i = 0; i < n; i++) {
                Cancellation.pollAt(i);
                long at = first + i * step;
                elements.real(y, at, norm == 0 ? 0 : elements.real(x, at) / norm);
              }
            })
        .withInPlace(Set.of(0));
  }

  /** Each element over a power of the squares of its neighbours along the channels. */
  static Routine local(LRN op, Call call) {
    long before = (op.size() - 1) / 2;
    long behind = op.size() - 1 - before;
    double factor = (double) op.alpha() / op.size();
    return along(
        1,
        call,
        (elements, x, y, first, step, n) -> {
          long left = Cancellation.EVERY;
          for (long c = 0; c < n; c++) {
            left = Cancellation.spend(left, Math.min(n, 1L + before + behind));
            double sum = 0;
            long last = Math.min(n - 1, c + behind);
            for (long i = Math.max(0, c - before); i <= last; i++) {
              Cancellation.pollAt(i);
              double value = elements.real(x, first + i * step);
              sum += value * value;
            }
            long at = first + c * step;
            double divisor = Math.pow(op.bias() + factor * sum, op.beta());
            elements.real(y, at, elements.real(x, at) / divisor);
          }
        });
  }
}
