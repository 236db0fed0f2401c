package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Matrix products of integers, as plain loops in 64 bits that wrap around. */
final class IntegerProducts {
  private IntegerProducts() {}

  /** Matrices of m x k and k x n elements; the strides say how each is read. */
  private record Product(
      Elements elements, long m, long n, long k, long aRow, long aColumn, long bRow, long bColumn) {

    long sum(MemorySegment a, long aAt, MemorySegment b, long bAt, long row, long column) {
      long sum = 0;
      for (long i = 0; i < k; i++) {
        long left = elements.integer(a, aAt + row * aRow + i * aColumn);
        sum += left * elements.integer(b, bAt + i * bRow + column * bColumn);
      }
      return sum;
    }
  }

  static Routine matMul(Call call) {
    long[] a = call.sizes(0);
    long[] b = call.sizes(1);
    long m = a.length == 1 ? 1 : a[a.length - 2];
    long k = a[a.length - 1];
    long n = b.length == 1 ? 1 : b[b.length - 1];
    var product = new Product(new Elements(call.output().dtype()), m, n, k, k, 1, n, 1);
    LoopNest nest = MatMulRoutine.batchNest(a, b);
    return Routine.of(
        buffers -> {
          LoopNest.Run run =
              (aAt, aStep, bAt, bStep, yAt, count) -> {
                for (long i = 0; i < count; i++) {
                  long left = (aAt + i * aStep) * m * k;
                  long right = (bAt + i * bStep) * k * n;
                  matrix(product, buffers, left, right, (yAt + i) * m * n);
                }
              };
          return () -> nest.forEach(run);
        });
  }

  private static void matrix(Product of, Buffers buffers, long aAt, long bAt, long yAt) {
    long left = Cancellation.EVERY;
    for (long row = 0; row < of.m(); row++) {
      for (long column = 0; column < of.n(); column++) {
        left = Cancellation.spend(left, of.k());
        long sum = of.sum(buffers.input(0), aAt, buffers.input(1), bAt, row, column);
        of.elements().integer(buffers.output(), yAt + row * of.n() + column, sum);
      }
    }
  }

  static Routine gemm(Gemm op, Call call) {
    long[] a = call.sizes(0);
    long[] b = call.sizes(1);
    long m = call.outputSizes()[0];
    long n = call.outputSizes()[1];
    long k = a[op.transA() ? 0 : 1];
    var product =
        new Product(
            new Elements(call.output().dtype()),
            m,
            n,
            k,
            op.transA() ? 1 : a[1],
            op.transA() ? a[1] : 1,
            op.transB() ? 1 : b[1],
            op.transB() ? b[1] : 1);
    boolean added = call.has(2) && op.beta() != 0;
    LoopNest nest = LoopNest.broadcast(call.outputSizes(), added ? call.sizes(2) : new long[] {});
    return Routine.of(
        buffers -> {
          LoopNest.Run run =
              (cAt, cStep, _, _, yAt, count) -> {
                long left = Cancellation.EVERY;
                for (long i = 0; i < count; i++) {
                  left = Cancellation.spend(left, k);
                  long c =
                      added ? product.elements().integer(buffers.input(2), cAt + i * cStep) : 0;
                  long row = (yAt + i) / n;
                  long column = (yAt + i) % n;
                  long sum = product.sum(buffers.input(0), 0, buffers.input(1), 0, row, column);
                  product.elements().integer(buffers.output(), yAt + i, scaled(op, sum, c));
                }
              };
          return () -> nest.forEach(run);
        });
  }

  /** alpha and beta are floats: exact where they are 1, else the sum is cut to an integer. */
  private static long scaled(Gemm op, long product, long addend) {
    return op.alpha() == 1 && op.beta() == 1
        ? product + addend
        : (long) ((double) op.alpha() * product + (double) op.beta() * addend);
  }
}
