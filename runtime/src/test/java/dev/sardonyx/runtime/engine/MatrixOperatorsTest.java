package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.check;
import static dev.sardonyx.runtime.engine.Operators.random;

import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixOperatorsTest {
  private static final double CLOSE = 1e-5;

  @Test
  void matMulBroadcastsLeadingDims() {
    long[][][] shapes = {
      {{3, 4}, {4, 5}},
      {{7, 33}, {33, 70}},
      {{2, 3, 4}, {4, 5}},
      {{3, 4}, {2, 4, 5}},
      {{2, 3, 4}, {2, 4, 5}},
      {{2, 1, 3, 4}, {5, 4, 2}},
      {{1, 3, 4}, {6, 4, 2}},
      {{2, 3, 4}, {1, 4, 5}},
      {{2, 5, 1, 4}, {1, 5, 4, 1}},
      {{3, 0}, {0, 2}},
      {{0, 3}, {3, 2}},
    };
    for (long[][] pair : shapes) {
      Tensor a = random(1, pair[0]);
      Tensor b = random(2, pair[1]);
      check(new MatMul(), Reference.product(a, b), CLOSE, a, b);
    }
  }

  @Test
  void matMulTakesVectorsAsRowOnTheLeftAndColumnOnTheRight() {
    Tensor row = random(3, 4);
    Tensor matrix = random(4, 4, 5);
    Tensor stack = random(5, 3, 4, 5);
    Tensor column = random(6, 5);
    check(new MatMul(), product(row.reshape(1, 4), matrix).reshape(5), CLOSE, row, matrix);
    check(new MatMul(), product(row.reshape(1, 4), stack).reshape(3, 5), CLOSE, row, stack);
    check(new MatMul(), product(matrix, column.reshape(5, 1)).reshape(4), CLOSE, matrix, column);
    check(new MatMul(), product(stack, column.reshape(5, 1)).reshape(3, 4), CLOSE, stack, column);
    Tensor dot = product(row.reshape(1, 4), row.reshape(4, 1)).reshape();
    check(new MatMul(), dot, CLOSE, row, row);
  }

  private static Tensor product(Tensor a, Tensor b) {
    return Reference.product(a, b);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, false, false",
    "1, 1, true, false",
    "1, 1, false, true",
    "1, 1, true, true",
    "0.5, 1, true, true",
    "1, 2, false, true",
    "0.5, -2, false, false",
    "1, 0, false, false",
  })
  void gemmTakesEveryFormOfAddend(float alpha, float beta, boolean transA, boolean transB) {
    Gemm op = new Gemm(alpha, beta, transA, transB);
    int m = 5;
    int k = 7;
    int n = 19;
    Tensor a = transA ? random(1, k, m) : random(1, m, k);
    Tensor b = transB ? random(2, n, k) : random(2, k, n);
    Tensor product =
        Reference.product(
            transA ? Reference.transpose(a, 1, 0) : a, transB ? Reference.transpose(b, 1, 0) : b);
    check(op, Reference.binary(product, product, (p, q) -> alpha * p), CLOSE, a, b);
    long[][] forms = {{}, {1}, {n}, {1, 1}, {1, n}, {m, 1}, {m, n}};
    for (long[] form : forms) {
      Tensor c = random(3, form);
      Tensor expected = Reference.binary(product, c, (p, q) -> alpha * p + beta * q);
      check(op, expected, CLOSE, a, b, c);
    }
  }

  @Test
  void gemmOfOneRowOrColumnTakesEveryFormOfAddend() {
    Gemm op = new Gemm(1, 1, false, false);
    for (int[] sizes : new int[][] {{1, 6}, {6, 1}, {1, 1}}) {
      int m = sizes[0];
      int n = sizes[1];
      Tensor a = random(1, m, 3);
      Tensor b = random(2, 3, n);
      for (long[] form : new long[][] {{}, {n}, {1, n}, {m, 1}, {m, n}}) {
        Tensor c = random(3, form);
        Tensor expected = Reference.binary(Reference.product(a, b), c, Double::sum);
        check(op, expected, CLOSE, a, b, c);
      }
    }
  }

  @Test
  void aProductOverNoElementsIsZero() {
    check(new Gemm(1, 1, false, false), Tensor.zeros(2, 3), 0, Tensor.zeros(2, 0), random(1, 0, 3));
  }
}
