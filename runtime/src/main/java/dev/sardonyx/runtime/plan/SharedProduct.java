package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;

/** A product of matrices cut between the members of a team, by rows or by columns. */
final class SharedProduct implements Team.Task, Step {
  /** Of so few rows kernels read several panels at a time: a part has whole groups of them. */
  private static final int FEW_ROWS = 4;

  private static final int TOGETHER = 4;

  private final Kernels kernels;
  private final Product product;
  private final int rows;
  private final Buffers buffers;
  private final int parts;
  private final boolean byRows;
  private final int unit;
  private final int units;

  SharedProduct(Kernels kernels, Product product, int rows, Buffers buffers) {
    this.kernels = kernels;
    this.product = product;
    this.rows = rows;
    this.buffers = buffers;
    int width = kernels.panelWidth();
    byRows = rows > product.n();
    int members = buffers.team().size();
    int wanted = Parts.of(Parts.product(rows, product.n(), product.k()), members);
    int panels = Math.ceilDiv(product.n(), width);
    int together = rows > FEW_ROWS ? 1 : Math.clamp(panels / wanted, 1, TOGETHER);
    unit = byRows ? 1 : Integer.highestOneBit(together) * width;
    units = Math.max(1, Math.ceilDiv(byRows ? rows : product.n(), unit));
    boolean even = units % wanted == 0 || units > wanted * TOGETHER;
    parts = Math.min(even ? wanted : members, units);
  }

  @Override
  public void run() {
    buffers.team().run(parts, this);
  }

  @Override
  public void run(int part, int member) {
    int from = (int) ((long) units * part / parts) * unit;
    int end = (int) ((long) units * (part + 1) / parts) * unit;
    int to = Math.min(end, byRows ? rows : product.n());
    kernels.multiply(
        product,
        0,
        0,
        0,
        byRows ? from : 0,
        byRows ? to : rows,
        byRows ? 0 : from,
        byRows ? product.n() : to,
        buffers.arrays(member));
  }
}
