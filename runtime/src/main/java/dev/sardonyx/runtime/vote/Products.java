package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.type.TensorType;

/** Products of matrices: each element is a sum over the inner dim. */
final class Products {
  private Products() {}

  /** As numpy.matmul: leading dims broadcast, a vector is one row or one column. */
  static Exact matMul(Exact a, Exact b, TensorType type) {
    long[] ofA = a.sizes();
    long[] ofB = b.sizes();
    long inner = ofA[ofA.length - 1];
    long rows = ofA.length == 1 ? 1 : ofA[ofA.length - 2];
    long columns = ofB.length == 1 ? 1 : ofB[ofB.length - 1];
    long[] batchA = leading(ofA);
    long[] batchB = leading(ofB);
    long[] batch = broadcast(batchA, batchB);
    Walk walk =
        index -> {
          long matrix = index / (rows * columns);
          long row = index / columns % rows;
          long atA = (Places.broadcast(matrix, batch, batchA) * rows + row) * inner;
          long atB = Places.broadcast(matrix, batch, batchB) * inner * columns + index % columns;
          return new Line(atA, 1, atB, columns);
        };
    return sum(a, b, type, inner, walk);
  }

  /** alpha * A' * B' + beta * C. */
  static Exact gemm(Gemm op, Operands in) {
    Exact a = in.get(0);
    Exact b = in.get(1);
    long[] ofA = a.sizes();
    long[] ofB = b.sizes();
    long inner = ofA[op.transA() ? 0 : 1];
    long columns = ofB[op.transB() ? 0 : 1];
    Walk walk =
        index -> {
          long row = index / columns;
          long column = index % columns;
          return new Line(
              op.transA() ? row : row * inner,
              op.transA() ? ofA[1] : 1,
              op.transB() ? column * inner : column,
              op.transB() ? 1 : columns);
        };
    Exact product = sum(a, b, in.type(), inner, walk);
    long[] sizes = in.sizes();
    if (!product.isFloat()) {
      return Exact.whole(
          in.type(),
          product.work(),
          index -> {
            double c = in.has(2) ? broadcast(in.get(2), index, sizes) : 0;
            double value = (double) op.alpha() * product.wholeAt(index) + (double) op.beta() * c;
            return Integers.cut(in.type().dtype(), value);
          });
    }
    return Exact.real(
        in.type(),
        product.work(),
        index -> {
          double c = in.has(2) ? (double) op.beta() * broadcast(in.get(2), index, sizes) : 0;
          return op.alpha() * product.at(index) + c;
        });
  }

  private static double broadcast(Exact x, long index, long[] sizes) {
    return x.at(Places.broadcast(index, sizes, x.sizes()));
  }

  /** Where the factors of one element lie in A and in B. */
  private record Line(long a, long stepA, long b, long stepB) {}

  /** The factors of each element. */
  @FunctionalInterface
  private interface Walk {
    Line of(long index);
  }

  private static Exact sum(Exact a, Exact b, TensorType type, long inner, Walk walk) {
    if (a.isFloat() && b.isFloat()) {
      return Exact.real(type, inner, index -> real(a, b, inner, walk.of(index)));
    }
    return Exact.whole(type, inner, index -> whole(a, b, inner, walk.of(index)));
  }

  private static double real(Exact a, Exact b, long inner, Line line) {
    double sum = 0;
    for (long k = 0; k < inner; k++) {
      sum += a.at(line.a + k * line.stepA) * b.at(line.b + k * line.stepB);
    }
    return sum;
  }

  private static long whole(Exact a, Exact b, long inner, Line line) {
    long sum = 0;
    for (long k = 0; k < inner; k++) {
      sum += a.wholeAt(line.a + k * line.stepA) * b.wholeAt(line.b + k * line.stepB);
    }
    return sum;
  }

  private static long[] leading(long[] sizes) {
    long[] result = new long[Math.max(0, sizes.length - 2)];
    System.arraycopy(sizes, 0, result, 0, result.length);
    return result;
  }

  private static long[] broadcast(long[] a, long[] b) {
    long[] result = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= result.length; i++) {
      long one = i <= a.length ? a[a.length - i] : 1;
      long other = i <= b.length ? b[b.length - i] : 1;
      result[result.length - i] = one == 1 ? other : one;
    }
    return result;
  }
}
