package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Products of stacks of matrices with leading dims broadcast. A single right matrix makes one
 * product of all rows on the left.
 */
final class MatMulRoutine {
  private MatMulRoutine() {}

  static Routine of(Call call, Kernels kernels, Weights weights, Choices choices) {
    long[] a = call.sizes(0);
    long[] b = call.sizes(1);
    Panels panels = Panels.of(b, false);
    Optional<StoredPanels> packed = weights.panels(call.input(1), false);
    long scratch = packed.isPresent() ? 0 : Sizes.bytes(panels.elements(kernels), kernels);
    if (panels.count() == 1) {
      int rows = Sizes.narrow(Sizes.product(a, 0, a.length - 1));
      return new ProductWays(call, false, packed, panels.shape(rows), 1, kernels, choices)
          .routine(
              weights,
              (_, parts) ->
                  Routine.of(single(call, rows, panels, packed, parts, kernels))
                      .withScratch(scratch));
    }
    int rows = a.length == 1 ? 1 : Sizes.narrow(a[a.length - 2]);
    LoopNest nest = batchNest(a, b);
    return new ProductWays(call, false, packed, panels.shape(rows), nest.count(), kernels, choices)
        .routine(
            weights,
            (_, parts) ->
                Routine.of(stacked(call, nest, rows, panels, packed, parts, kernels))
                    .withMemberScratch(scratch));
  }

  private static Routine.Binder single(
      Call call,
      int m,
      Panels panels,
      Optional<StoredPanels> packed,
      WeightParts parts,
      Kernels kernels) {
    return buffers -> {
      Epilogue epilogue = epilogue(call, buffers);
      var a = buffers.input(0);
      var b = buffers.input(1);
      var y = buffers.output();
      StoredPanels right =
          packed.map(parts::with).orElseGet(() -> StoredPanels.plain(buffers.scratch()));
      int k = panels.k();
      int n = panels.n();
      var left = new MatrixRows(a, k, kernels.elementBytes());
      var product = new Product(n, k, left, right, y, n, epilogue);
      var shared = new SharedProduct(kernels, product, m, buffers);
      return () -> {
        if (packed.isEmpty()) {
          panels.pack(kernels, b, 0, right.values(), 0);
        }
        shared.run();
      };
    };
  }

  private static Routine.Binder stacked(
      Call call,
      LoopNest nest,
      int m,
      Panels panels,
      Optional<StoredPanels> packed,
      WeightParts parts,
      Kernels kernels) {
    return buffers -> {
      var left = new MatrixRows(buffers.input(0), panels.k(), kernels.elementBytes());
      Epilogue epilogue = epilogue(call, buffers);
      Optional<StoredPanels> right = packed.map(parts::with);
      return new StackedProduct(kernels, panels, right, left, m, epilogue, nest, buffers);
    };
  }

  private static Epilogue epilogue(Call call, Buffers buffers) {
    return Epilogues.of(call.tail(), OptionalInt.empty(), buffers);
  }

  /** The loops over leading dims, in units of whole matrices. */
  static LoopNest batchNest(long[] a, long[] b) {
    long[] left = Arrays.copyOf(a, Math.max(0, a.length - 2));
    long[] right = Arrays.copyOf(b, Math.max(0, b.length - 2));
    long[] output = new long[Math.max(left.length, right.length)];
    for (int axis = 1; axis <= output.length; axis++) {
      long of = axis <= left.length ? left[left.length - axis] : 1;
      long other = axis <= right.length ? right[right.length - axis] : 1;
      output[output.length - axis] = of == 1 ? other : of;
    }
    return LoopNest.broadcast(output, left, right);
  }
}
