package dev.sardonyx.runtime.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/**
 * Throughput of both sets, one thread, median of nine rounds after a warm-up. Not a test: run its
 * main method with {@code --add-modules jdk.incubator.vector}.
 */
final class KernelBenchmark {

  private static final int ROUNDS = 9;

  private KernelBenchmark() {}

  public static void main(String[] arguments) {
    for (Kernels kernels : new Kernels[] {KernelSelection.fastest().kernels(), Kernels.scalar()}) {
      gemm(kernels, 128, 768, 768);
      gemm(kernels, 64, 128, 784);
      gemm(kernels, 1, 128, 784);
      elementwise(kernels);
    }
  }

  private static void gemm(Kernels kernels, int m, int n, int k) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = random(arena, (long) m * k);
      MemorySegment b = random(arena, (long) k * n);
      MemorySegment c = random(arena, (long) m * n);
      MemorySegment bias = random(arena, n);
      MemorySegment panels = random(arena, kernels.panelElements(k, n));
      kernels.packPanels(b, 0, k, n, n, 1, panels, 0);
      Epilogue epilogue =
          Epilogue.NONE
              .withBias(bias, Epilogue.BiasAxis.PER_COLUMN)
              .withActivation(new UnaryFunction.Relu());
      var rows = new MatrixRows(a, k, Float.BYTES);
      var product = new Product(n, k, rows, panels, c, n, epilogue);
      var arrays = new HotArrays();
      report(
          kernels,
          "gemm %dx%dx%d".formatted(m, k, n),
          2.0 * m * n * k,
          () -> kernels.multiply(product, 0, 0, 0, 0, m, 0, n, arrays));
    }
  }

  private static void elementwise(Kernels kernels) {
    int n = 100_000;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = random(arena, n);
      MemorySegment y = random(arena, n);
      for (UnaryFunction f :
          new UnaryFunction[] {
            new UnaryFunction.Relu(),
            new UnaryFunction.Sigmoid(),
            new UnaryFunction.Tanh(),
            new UnaryFunction.Exp()
          }) {
        report(kernels, f + " elements", n, () -> kernels.unary(f, x, y, n));
      }
      report(
          kernels,
          "add elements",
          n,
          () -> kernels.binary(BinaryFunction.ADD, x, 0, 1, x, 0, 1, y, 0, n));
      report(kernels, "softmax elements", n, () -> kernels.softmax(x, y, 100, 1000, 1, false));
      report(
          kernels,
          "mean elements",
          n,
          () -> kernels.reduceRows(RowReduction.MEAN, x, y, 100, 1000));
    }
  }

  private static void report(Kernels kernels, String name, double work, Runnable call) {
    long start = System.nanoTime();
    int calls = 0;
    while (calls < 20 || System.nanoTime() - start < 500_000_000L) {
      call.run();
      calls++;
    }
    int repeats = Math.max(1, calls / 20);
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        call.run();
      }
      rates[round] = work * repeats / (System.nanoTime() - begin);
    }
    Arrays.sort(rates);
    System.out.printf("%-20s %-28s %8.2f G/s%n", kernels.name(), name, rates[ROUNDS / 2]);
  }

  private static MemorySegment random(Arena arena, long elements) {
    MemorySegment segment = arena.allocate(elements * Float.BYTES, 64);
    var random = new Random(7);
    for (long i = 0; i < elements; i++) {
      Floats.set(segment, i, (float) random.nextGaussian());
    }
    return segment;
  }
}
