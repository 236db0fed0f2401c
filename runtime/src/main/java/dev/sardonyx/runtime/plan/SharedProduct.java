package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;

/** A product of matrices cut between the members of a team, by rows or by columns. */
final class SharedProduct implements Step {
  /** Of so few rows kernels read several panels at a time: a part has whole groups of them. */
  private static final int FEW_ROWS = 4;

  private static final int TOGETHER = 4;

  /**
   * Bytes of weights, of a part, that nearly fill a core's second cache or are twice as many: half
   * of them stay there for the next run if that begins where this one ended.
   */
  private static final long LEAST_TURNING = 1 << 20;

  private static final long MOST_TURNING = 4 << 20;

  private final Kernels kernels;
  private final Product product;
  private final int rows;
  private final Buffers buffers;
  private final int parts;
  private final boolean byRows;
  private final int unit;
  private final int units;
  private final boolean turning;
  private final Team.Task forwards;
  private final Team.Task backwards;
  private boolean turned;

  SharedProduct(Kernels kernels, Product product, int rows, Buffers buffers) {
    this.kernels = kernels;
    this.product = product;
    this.rows = rows;
    this.buffers = buffers;
    int width = kernels.panelWidth();
    byRows = rows > product.n();
    int members = buffers.team().size();
    int most = Parts.of(Parts.product(rows, product.n(), product.k()), members);
    boolean split = !byRows && product.panels().split().isThere(); // all rows by each part
    int wanted = split ? Math.min(most, members) : most;
    int panels = Math.ceilDiv(product.n(), width);
    int together = rows > FEW_ROWS ? 1 : Math.clamp(panels / wanted, 1, TOGETHER);
    unit = byRows ? 1 : Integer.highestOneBit(together) * width;
    units = Math.max(1, Math.ceilDiv(byRows ? rows : product.n(), unit));
    boolean even = units % wanted == 0 || units > wanted * TOGETHER;
    parts = Math.min(even ? wanted : members, units);
    long bytes = (long) product.n() * product.k() * Float.BYTES / parts;
    turning =
        rows <= FEW_ROWS && bytes >= LEAST_TURNING && bytes <= MOST_TURNING && panels / parts > 1;
    int team = buffers.team().size();
    forwards = kernels.repeated((part, member) -> multiply(part, member, false), parts, team);
    backwards =
        turning
            ? kernels.repeated((part, member) -> multiply(part, member, true), parts, team)
            : forwards;
  }

  @Override
  public void run() {
    turned = !turned;
    buffers.team().run(parts, turned ? backwards : forwards);
  }

  private void multiply(int part, int member, boolean isBackwards) {
    int from = (int) ((long) units * part / parts) * unit;
    int end = (int) ((long) units * (part + 1) / parts) * unit;
    int to = Math.min(end, byRows ? rows : product.n());
    if (byRows) {
      multiply(from, to, 0, product.n(), member);
    } else if (turning) {
      int width = kernels.panelWidth();
      int middle = from + Math.ceilDiv(to - from, 2 * width) * width;
      multiply(0, rows, isBackwards ? middle : from, isBackwards ? to : middle, member);
      multiply(0, rows, isBackwards ? from : middle, isBackwards ? middle : to, member);
    } else {
      multiply(0, rows, from, to, member);
    }
  }

  private void multiply(int fromRow, int toRow, int fromColumn, int toColumn, int member) {
    kernels.multiply(
        product, 0, 0, 0, fromRow, toRow, fromColumn, toColumn, buffers.arrays(member));
  }
}
