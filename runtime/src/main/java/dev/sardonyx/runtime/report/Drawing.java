package dev.sardonyx.runtime.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the points of a graph stand in layers from top to bottom, and the lines between them. The
 * same graph is always drawn alike.
 *
 * @param layers the layer of each point
 * @param x the middle of each point
 * @param lines of six numbers each, by layer: the layer in which it begins, the middle there and in
 *     the next layer, the point from which it comes, the point to which it goes or -1 where it
 *     passes, and 1 where it begins at a bend, else 0
 * @param unrouted pairs of points too far apart, in too large a graph, for a line
 */
record Drawing(int[] layers, int[] x, int width, int count, int[] lines, List<int[]> unrouted) {
  /** How many nodes are drawn at most. */
  static final int MOST_NODES = 200_000;

  static Drawing of(Points points) {
    Rows rows = Rows.of(points);
    double[] x = Places.of(rows, Crossings.reduce(rows));
    var layers = new int[points.size()];
    var middles = new int[points.size()];
    for (int i = 0; i < points.size(); i++) {
      layers[i] = rows.row(i);
      middles[i] = (int) Math.round(x[i]);
    }
    double width = 0;
    for (int cell = 0; cell < rows.cells(); cell++) {
      width = Math.max(width, x[cell] + Places.width(rows.isBend(cell)) / 2);
    }
    return new Drawing(
        layers, middles, (int) Math.ceil(width), rows.count(), lines(rows, x), rows.unrouted());
  }

  private static int[] lines(Rows rows, double[] x) {
    Ints links = rows.links();
    var byLayer = new Integer[links.size() / 2];
    Arrays.setAll(byLayer, i -> i);
    Arrays.sort(byLayer, Comparator.comparingInt(i -> rows.row(links.get(2 * i))));
    var lines = new Ints();
    for (int i : byLayer) {
      int above = links.get(2 * i);
      int below = links.get(2 * i + 1);
      lines.add(rows.row(above));
      lines.add((int) Math.round(x[above]));
      lines.add((int) Math.round(x[below]));
      lines.add(rows.source(above));
      lines.add(rows.isBend(below) ? -1 : below);
      lines.add(rows.isBend(above) ? 1 : 0);
    }
    return lines.toArray();
  }
}
