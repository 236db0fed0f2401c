package dev.sardonyx.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cells of a layered drawing, each in a row: the points, and bends where a value passes a row.
 * All that goes from one point down shares its bends. Source: Sugiyama, Tagawa and Toda (1981),
 * Methods for Visual Understanding of Hierarchical System Structures.
 */
final class Rows {
  /** How many bends there are at most for each point: long lines beyond that are not routed. */
  private static final int BENDS_OF_POINT = 4;

  private static final int BENDS_AT_LEAST = 20_000;

  private final Points points;
  private final int[] layers;
  private final int[] slack;
  private final Ints rows = new Ints();
  private final Ints sources = new Ints();
  private final Ints links = new Ints();
  private final List<int[]> unrouted = new ArrayList<>();
  private final int count;

  /** Cells by row, from left to right. */
  private int[][] order = new int[0][];

  private Rows(Points points) {
    this.points = points;
    this.layers = points.layers();
    this.slack = points.slack(layers);
    this.count = 1 + Arrays.stream(layers).max().orElse(-1);
  }

  static Rows of(Points points) {
    var result = new Rows(points);
    for (int i = 0; i < points.size(); i++) {
      result.cell(result.layers[i], i);
    }
    long budget = Math.max(BENDS_AT_LEAST, (long) BENDS_OF_POINT * points.size());
    for (int source : result.shortestFirst()) {
      int bends = result.span(source) - 1;
      boolean routed = bends <= budget;
      budget -= routed ? Math.max(bends, 0) : 0;
      result.route(source, routed);
    }
    result.order = result.firstOrder();
    return result;
  }

  private int cell(int row, int source) {
    rows.add(row);
    sources.add(source);
    return rows.size() - 1;
  }

  private List<Integer> shortestFirst() {
    return IntStream.range(0, points.size())
        .boxed()
        .sorted(Comparator.comparingInt(this::span))
        .toList();
  }

  private int span(int source) {
    int lowest = layers[source];
    for (int to : points.next()[source]) {
      lowest = Math.max(lowest, layers[to]);
    }
    return lowest - layers[source];
  }

  private void route(int source, boolean routed) {
    int top = layers[source];
    int trunk = routed ? Math.max(span(source), 1) : 1;
    var at = new int[trunk];
    at[0] = source;
    for (int i = 1; i < trunk; i++) {
      at[i] = cell(top + i, source);
      link(at[i - 1], at[i]);
    }
    for (int to : points.next()[source]) {
      int above = layers[to] - 1 - top;
      if (above < trunk) {
        link(at[above], to);
      } else {
        unrouted.add(new int[] {source, to});
      }
    }
  }

  private void link(int above, int below) {
    links.add(above);
    links.add(below);
  }

  private int[][] firstOrder() {
    var sizes = new int[count];
    for (int cell = 0; cell < cells(); cell++) {
      sizes[row(cell)]++;
    }
    var result = new int[count][];
    for (int row = 0; row < count; row++) {
      result[row] = new int[sizes[row]];
    }
    Arrays.fill(sizes, 0);
    for (int cell = 0; cell < cells(); cell++) {
      result[row(cell)][sizes[row(cell)]++] = cell;
    }
    return result;
  }

  int cells() {
    return rows.size();
  }

  int count() {
    return count;
  }

  int row(int cell) {
    return rows.get(cell);
  }

  /** The point that a cell is, or from which the line comes that bends here. */
  int source(int cell) {
    return sources.get(cell);
  }

  boolean isBend(int cell) {
    return cell >= points.size();
  }

  /** How many rows lower a point could be; of a bend, more than of any point. */
  int slack(int cell) {
    return isBend(cell) ? Integer.MAX_VALUE : slack[cell];
  }

  int[][] order() {
    return order;
  }

  /** Pairs of cells, above and below. */
  Ints links() {
    return links;
  }

  /** Pairs of points between which no line is routed. */
  List<int[]> unrouted() {
    return unrouted;
  }

  /** For each cell those that it is linked with in the row above, or in the row below. */
  int[][] neighbours(boolean above) {
    int own = above ? 1 : 0;
    var sizes = new int[cells()];
    for (int i = 0; i < links.size(); i += 2) {
      sizes[links.get(i + own)]++;
    }
    var result = new int[cells()][];
    for (int cell = 0; cell < cells(); cell++) {
      result[cell] = new int[sizes[cell]];
    }
    for (int i = 0; i < links.size(); i += 2) {
      int cell = links.get(i + own);
      result[cell][--sizes[cell]] = links.get(i + 1 - own);
    }
    return result;
  }
}
