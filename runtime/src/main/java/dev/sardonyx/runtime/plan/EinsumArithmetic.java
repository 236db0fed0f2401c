package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.RowReduction;
import java.lang.foreign.MemorySegment;

/** The numbers that an Einsum computes with between reading its operands and writing its result. */
sealed interface EinsumArithmetic {

  /** The bytes of one number. */
  int bytes();

  /** The bytes that {@link #product} needs to work. */
  long scratchBytes(int n, int k);

  /** Reads elements of an operand at the strides of a nest. */
  void load(LoopNest nest, MemorySegment x, MemorySegment to);

  /** to[r] = sum of from[r, :]. */
  void sumRows(MemorySegment from, MemorySegment to, long rows, long columns);

  /** c = a * b of one matrix: (m, k) x (k, n), where they begin at these numbers. */
  void product(Matrices matrices, int m, int n, int k, long a, long b, long c);

  /** Writes elements of the result, read at the strides of a nest. */
  void store(LoopNest nest, MemorySegment from, MemorySegment y);

  /** The memory of a product. */
  record Matrices(
      MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment scratch, HotArrays arrays) {}

  static EinsumArithmetic of(DType type, Kernels kernels) {
    return type.isFloat() ? new Floats(kernels) : new Longs(new Elements(type));
  }

  /** Floats by kernels of their type. */
  record Floats(Kernels kernels) implements EinsumArithmetic {
    @Override
    public int bytes() {
      return kernels.elementBytes();
    }

    @Override
    public long scratchBytes(int n, int k) {
      return Sizes.bytes(kernels.panelElements(k, n), kernels);
    }

    @Override
    public void load(LoopNest nest, MemorySegment x, MemorySegment to) {
      StridedCopy.run(nest, kernels.elementBytes(), x, 0, to);
    }

    @Override
    public void sumRows(MemorySegment from, MemorySegment to, long rows, long columns) {
      kernels.reduceRows(RowReduction.SUM, from, to, rows, columns);
    }

    @Override
    public void product(Matrices of, int m, int n, int k, long a, long b, long c) {
      kernels.packPanels(of.b(), b, k, n, n, 1, of.scratch(), 0);
      var rows = new MatrixRows(of.a(), k, kernels.elementBytes());
      var product = new Product(n, k, rows, of.scratch(), of.c(), n, Epilogue.NONE);
      kernels.multiply(product, a, 0, c, 0, m, 0, n, of.arrays());
    }

    @Override
    public void store(LoopNest nest, MemorySegment from, MemorySegment y) {
      StridedCopy.run(nest, kernels.elementBytes(), from, 0, y);
    }
  }

  /** Integers in 64 bits, which wrap around. */
  record Longs(Elements elements) implements EinsumArithmetic {
    @Override
    public int bytes() {
      return Long.BYTES;
    }

    @Override
    public long scratchBytes(int n, int k) {
      return 0;
    }

    private static long get(MemorySegment from, long index) {
      return from.get(JAVA_LONG_UNALIGNED, index * Long.BYTES);
    }

    private static void set(MemorySegment to, long index, long value) {
      to.set(JAVA_LONG_UNALIGNED, index * Long.BYTES, value);
    }

    @Override
    public void load(LoopNest nest, MemorySegment x, MemorySegment to) {
      nest.forEach(
          (a, step, _, _, y, n) -> {
            for (long i = 0; i < n; i++) {
              set(to, y + i, elements.integer(x, a + i * step));
            }
          });
    }

    @Override
    public void sumRows(MemorySegment from, MemorySegment to, long rows, long columns) {
      long left = Cancellation.EVERY;
      for (long row = 0; row < rows; row++) {
        left = Cancellation.spend(left, columns);
        long sum = 0;
        for (long i = 0; i < columns; i++) {
          Cancellation.pollAt(i);
          sum += get(from, row * columns + i);
        }
        set(to, row, sum);
      }
    }

    @Override
    public void product(Matrices of, int m, int n, int k, long a, long b, long c) {
      long left = Cancellation.EVERY;
      for (long i = 0; i < m; i++) {
        for (long j = 0; j < n; j++) {
          left = Cancellation.spend(left, k);
          long sum = 0;
          for (long l = 0; l < k; l++) {
            Cancellation.pollAt(l);
            sum += get(of.a(), a + i * k + l) * get(of.b(), b + l * n + j);
          }
          set(of.c(), c + i * n + j, sum);
        }
      }
    }

    @Override
    public void store(LoopNest nest, MemorySegment from, MemorySegment y) {
      nest.forEach(
          (a, step, _, _, to, n) -> {
            for (long i = 0; i < n; i++) {
              elements.integer(y, to + i, get(from, a + i * step));
            }
          });
    }
  }
}
