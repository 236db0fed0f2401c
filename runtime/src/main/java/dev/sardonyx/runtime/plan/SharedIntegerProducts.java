package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import java.util.List;

/** Products of 8-bit numbers, alike but for their memory, cut by lines or by columns. */
final class SharedIntegerProducts implements Team.Task, Step {
  /** How much faster than those of floats they are. */
  private static final double FASTER = 4;

  private final Kernels kernels;
  private final List<IntegerProduct> products;
  private final Team team;
  private final int lines;
  private final boolean byLines;
  private final int units;
  private final int parts;
  private final Team.Task task;

  SharedIntegerProducts(
      Kernels kernels, List<IntegerProduct> products, int lines, Buffers buffers) {
    this.kernels = kernels;
    this.products = products;
    this.lines = lines;
    team = buffers.team();
    IntegerProduct one = products.getFirst();
    long rows = (long) products.size() * lines * one.pixels();
    double nanos = Parts.multiplyAdds((double) rows * one.n() * one.a().k()) / FASTER;
    int panels = Math.ceilDiv(one.n(), IntegerPanels.WIDTH);
    int all = products.size() * lines;
    byLines = rows > one.n() && all > 1 || panels == 1;
    units = byLines ? all : panels;
    parts = Math.min(Parts.of(nanos, team.size()), units);
    task = kernels.repeated(this, parts, team.size());
  }

  @Override
  public void run() {
    team.run(parts, task);
  }

  @Override
  public void run(int part, int member) {
    int from = (int) ((long) units * part / parts);
    int to = (int) ((long) units * (part + 1) / parts);
    int n = products.getFirst().n();
    int width = IntegerPanels.WIDTH;
    for (int i = 0; i < products.size(); i++) {
      int first = byLines ? Math.max(from - i * lines, 0) : 0;
      int end = byLines ? Math.min(to - i * lines, lines) : lines;
      if (first < end) {
        kernels.multiply(
            products.get(i),
            first,
            end,
            byLines ? 0 : from * width,
            byLines ? n : Math.min(n, to * width));
      }
    }
  }
}
