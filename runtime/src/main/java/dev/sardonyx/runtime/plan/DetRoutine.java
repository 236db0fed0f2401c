package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Determinants by elimination with the largest pivot of each column, in double. */
final class DetRoutine {
  private DetRoutine() {}

  static Routine of(Call call) {
    long[] sizes = call.sizes(0);
    long m = sizes[sizes.length - 1];
    long matrices = Sizes.product(sizes, 0, sizes.length - 2);
    var elements = new Elements(call.output().dtype());
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var a = buffers.scratch();
              var y = buffers.output();
              return () -> {
                long left = Cancellation.EVERY;
                for (long i = 0; i < matrices; i++) {
                  left = Cancellation.spend(left, m * m);
                  for (long k = 0; k < m * m; k++) {
                    set(a, k, elements.real(x, i * m * m + k));
                  }
                  elements.real(y, i, eliminate(a, m));
                }
              };
            })
        .withScratch(Sizes.multiply(Sizes.multiply(m, m), Double.BYTES));
  }

  private static double get(MemorySegment a, long index) {
    return a.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
  }

  private static void set(MemorySegment a, long index, double value) {
    a.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
  }

  private static double eliminate(MemorySegment a, long m) {
    double result = 1;
    long left = Cancellation.EVERY;
    for (long column = 0; column < m; column++) {
      long pivot = pivot(a, m, column);
      if (pivot != column) {
        swap(a, m, column, pivot);
        result = -result;
      }
      double head = get(a, column * m + column);
      result *= head;
      if (head == 0) {
        return 0;
      }
      for (long row = column + 1; row < m; row++) {
        left = Cancellation.spend(left, m - column);
        double factor = get(a, row * m + column) / head;
        for (long k = column; k < m && factor != 0; k++) {
          set(a, row * m + k, get(a, row * m + k) - factor * get(a, column * m + k));
        }
      }
    }
    return result;
  }

  private static long pivot(MemorySegment a, long m, long column) {
    long best = column;
    for (long row = column + 1; row < m; row++) {
      if (Math.abs(get(a, row * m + column)) > Math.abs(get(a, best * m + column))) {
        best = row;
      }
    }
    return best;
  }

  private static void swap(MemorySegment a, long m, long row, long other) {
    for (long k = 0; k < m; k++) {
      double kept = get(a, row * m + k);
      set(a, row * m + k, get(a, other * m + k));
      set(a, other * m + k, kept);
    }
  }
}
