package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;
import java.util.List;

/** Products of the same shape, each with the same number of rows, cut between a team. */
final class GroupedProducts implements Team.Task, Step {
  private final Kernels kernels;
  private final Product[] products;
  private final int rows;
  private final int parts;
  private final Buffers buffers;
  private final Team.Task task;

  GroupedProducts(Kernels kernels, List<Product> products, int rows, Buffers buffers) {
    this.kernels = kernels;
    this.products = products.toArray(Product[]::new);
    this.rows = rows;
    this.buffers = buffers;
    double nanos = 0;
    for (Product product : products) {
      nanos += Parts.product(rows, product.n(), product.k());
    }
    parts = Math.clamp(rows, 1, Parts.of(nanos, buffers.team().size()));
    task = kernels.repeated(this, parts, buffers.team().size());
  }

  @Override
  public void run() {
    buffers.team().run(parts, task);
  }

  @Override
  public void run(int part, int member) {
    int from = (int) ((long) rows * part / parts);
    int to = (int) ((long) rows * (part + 1) / parts);
    for (Product product : products) {
      kernels.multiply(product, 0, 0, 0, from, to, 0, product.n(), buffers.arrays(member));
    }
  }
}
