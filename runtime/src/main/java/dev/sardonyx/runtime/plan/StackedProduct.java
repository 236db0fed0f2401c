package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LeftRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Products of a stack of matrices, each computed by one member of a team. */
final class StackedProduct implements Step, Team.Task {
  private final Kernels kernels;
  private final Panels panels;
  private final boolean packed;
  private final int m;
  private final Buffers buffers;
  private final List<Product> products;

  /** Which right matrix each member has packed last. */
  private final long[] last;

  private final long[] lefts;
  private final long[] rights;
  private final int parts;
  private final Team.Task task;

  /**
   * A stack of products.
   *
   * @param nest the matrices of each product
   */
  StackedProduct(
      Kernels kernels,
      Panels panels,
      Optional<StoredPanels> packed,
      LeftRows left,
      int m,
      Epilogue epilogue,
      LoopNest nest,
      Buffers buffers) {
    this.kernels = kernels;
    this.panels = panels;
    this.packed = packed.isPresent();
    this.m = m;
    this.buffers = buffers;
    int n = panels.n();
    int members = buffers.team().size();
    products =
        IntStream.range(0, members)
            .mapToObj(
                member -> {
                  StoredPanels right =
                      packed.orElseGet(() -> StoredPanels.plain(buffers.scratch(member)));
                  return new Product(n, panels.k(), left, right, buffers.output(), n, epilogue);
                })
            .toList();
    last = new long[members];
    int count = Sizes.entries(nest.count());
    lefts = new long[count];
    rights = new long[count];
    nest.forEach(
        (a, aStep, b, bStep, y, length) -> {
          for (int i = 0; i < length; i++) {
            lefts[(int) y + i] = a + i * aStep;
            rights[(int) y + i] = b + i * bStep;
          }
        });
    double packing = packed.isPresent() ? 0 : Parts.packing((double) n * panels.k());
    int wanted = Parts.of(count * (Parts.product(m, n, panels.k()) + packing), members);
    parts = Math.clamp(count, 1, wanted);
    // What a member of several packs depends on what it had before.
    task = this.packed || members == 1 ? kernels.repeated(this, parts, members) : this;
  }

  @Override
  public void run() {
    Arrays.fill(last, -1);
    buffers.team().run(parts, task);
  }

  @Override
  public void run(int part, int member) {
    int count = lefts.length;
    Product product = products.get(member);
    long size = panels.elements(kernels);
    long mk = (long) m * panels.k();
    long mn = (long) m * panels.n();
    int to = (int) ((long) count * (part + 1) / parts);
    for (int i = (int) ((long) count * part / parts); i < to; i++) {
      long right = rights[i];
      if (!packed && last[member] != right) {
        panels.pack(kernels, buffers.input(1), right, product.panels().values(), 0);
        last[member] = right;
      }
      long rightAt = packed ? right * size : 0;
      int n = panels.n();
      kernels.multiply(product, lefts[i] * mk, rightAt, i * mn, 0, m, 0, n, buffers.arrays(member));
    }
  }
}
