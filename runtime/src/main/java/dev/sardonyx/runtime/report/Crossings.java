package dev.sardonyx.runtime.report;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Orders the cells of each row so that few lines cross: each goes to the mean place of those that
 * it is linked with, row by row, down and up again; the best order of all is kept.
 */
final class Crossings {
  private static final int SWEEPS = 12;
  private static final int SWEEPS_OF_MANY = 4;
  private static final int MANY = 50_000;

  private final Rows rows;
  private final int[][] above;
  private final int[][] below;
  private final int[] place;
  private final double[] mean;

  private Crossings(Rows rows) {
    this.rows = rows;
    this.above = rows.neighbours(true);
    this.below = rows.neighbours(false);
    this.place = new int[rows.cells()];
    this.mean = new double[rows.cells()];
  }

  /** The cells of each row, from left to right. */
  static int[][] reduce(Rows rows) {
    return new Crossings(rows).run();
  }

  private int[][] run() {
    int[][] order = copy(rows.order());
    for (int[] row : order) {
      number(row);
    }
    int[][] best = copy(order);
    long fewest = count(order);
    int sweeps = rows.cells() > MANY ? SWEEPS_OF_MANY : SWEEPS;
    for (int sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
      for (int i = 1; i < order.length; i++) {
        if (sweep % 2 == 0) {
          sort(order[i], above);
        } else {
          sort(order[order.length - 1 - i], below);
        }
      }
      long crossings = count(order);
      if (crossings < fewest) {
        fewest = crossings;
        best = copy(order);
      }
    }
    return best;
  }

  private static int[][] copy(int[][] order) {
    return Arrays.stream(order).map(int[]::clone).toArray(int[][]::new);
  }

  private void number(int[] row) {
    for (int i = 0; i < row.length; i++) {
      place[row[i]] = i;
    }
  }

  private void sort(int[] row, int[][] neighbours) {
    for (int cell : row) {
      double sum = 0;
      for (int other : neighbours[cell]) {
        sum += place[other];
      }
      mean[cell] = neighbours[cell].length == 0 ? place[cell] : sum / neighbours[cell].length;
    }
    Integer[] cells = Arrays.stream(row).boxed().toArray(Integer[]::new);
    Arrays.sort(cells, Comparator.comparingDouble(cell -> mean[cell])); // stable
    for (int i = 0; i < row.length; i++) {
      row[i] = cells[i];
    }
    number(row);
  }

  /** Crossings between all rows: for each line how many of those before it end further right. */
  private long count(int[][] order) {
    long crossings = 0;
    for (int i = 0; i + 1 < order.length; i++) {
      var tree = new int[order[i + 1].length + 1];
      int seen = 0;
      for (int cell : order[i]) {
        for (int other : below[cell]) {
          crossings += seen - upTo(tree, place[other] + 1);
        }
        for (int other : below[cell]) {
          for (int at = place[other] + 1; at < tree.length; at += at & -at) {
            tree[at]++;
          }
          seen++;
        }
      }
    }
    return crossings;
  }

  private static int upTo(int[] tree, int place) {
    int sum = 0;
    for (int at = place; at > 0; at -= at & -at) {
      sum += tree[at];
    }
    return sum;
  }
}
