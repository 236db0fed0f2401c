package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;

/** A product of matrices cut between the members of a team, by rows or by columns. */
final class SharedProduct implements Team.Task, Step {
  /** Multiplications that are worth a thread's while: some microseconds. */
  private static final long WORTH = 1 << 19;

  /** Parts for each member, so that one that is held up leaves its share to the others. */
  private static final int EACH = 2;

  private final Kernels kernels;
  private final Product product;
  private final int rows;
  private final Buffers buffers;
  private final int parts;
  private final boolean byRows;
  private final int step;

  SharedProduct(Kernels kernels, Product product, int rows, Buffers buffers) {
    this.kernels = kernels;
    this.product = product;
    this.rows = rows;
    this.buffers = buffers;
    int width = kernels.panelWidth();
    byRows = rows > product.n();
    int members = buffers.team().size();
    double work = (double) rows * product.n() * product.k();
    int wanted = members == 1 ? 1 : Math.clamp((long) (work / WORTH), 1, members * EACH);
    int unit = byRows ? 1 : width;
    int units = Math.ceilDiv(byRows ? rows : product.n(), unit);
    step = Math.ceilDiv(Math.max(1, units), wanted) * unit;
    parts = Math.max(1, Math.ceilDiv(byRows ? rows : product.n(), step));
  }

  @Override
  public void run() {
    buffers.team().run(parts, this);
  }

  @Override
  public void run(int part, int member) {
    int from = part * step;
    int to = Math.min(from + step, byRows ? rows : product.n());
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
