package dev.sardonyx.runtime.report;

import java.util.Arrays;

/**
 * Where cells stand in their rows: each as near as can be to those that it is linked with, so that
 * chains are straight, none nearer to its neighbour than there is room for. The nearest places of a
 * row are an isotonic regression, which pooling adjacent violators solves exactly.
 */
final class Places {
  private static final int SWEEPS = 10;
  private static final double POINT = 192;
  private static final double BEND = 22;
  private static final double GAP = 26;

  /** What is on the longest path stays where its chain is; all beside it makes way. */
  private static final double WEIGHT_OF_PATH = 1e12;

  /** By how much less for each row that a point could be lower. */
  private static final double LESS = 1e4;

  private final Rows rows;
  private final int[][] order;
  private final int[][] above;
  private final int[][] below;
  private final double[] x;

  private Places(Rows rows, int[][] order) {
    this.rows = rows;
    this.order = order;
    this.above = rows.neighbours(true);
    this.below = rows.neighbours(false);
    this.x = new double[rows.cells()];
  }

  /** The middle of each cell; the left edge of the drawing is at 0. */
  static double[] of(Rows rows, int[][] order) {
    return new Places(rows, order).run();
  }

  /** How wide a cell is. */
  static double width(boolean bend) {
    return bend ? BEND : POINT;
  }

  private double[] run() {
    var none = new int[x.length][0];
    for (int[] row : order) {
      settle(row, none);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < order.length; i++) {
        if (sweep % 2 == 0) {
          settle(order[i], above);
        } else {
          settle(order[order.length - 1 - i], below);
        }
      }
    }
    double left = Double.POSITIVE_INFINITY;
    for (int cell = 0; cell < x.length; cell++) {
      left = Math.min(left, x[cell] - width(rows.isBend(cell)) / 2);
    }
    for (int cell = 0; cell < x.length; cell++) {
      x[cell] -= left;
    }
    return x;
  }

  /** Moves a row's cells to where they would be, without their room; pools those that collide. */
  private void settle(int[] row, int[][] neighbours) {
    var means = new double[row.length];
    var weights = new double[row.length];
    var lengths = new int[row.length];
    int blocks = 0;
    double offset = 0;
    for (int i = 0; i < row.length; i++) {
      offset += i == 0 ? 0 : room(row[i - 1], row[i]);
      means[blocks] = wanted(row[i], neighbours[row[i]]) - offset;
      weights[blocks] = weight(row[i]);
      lengths[blocks++] = 1;
      while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
        blocks--;
        double weight = weights[blocks - 1] + weights[blocks];
        means[blocks - 1] =
            (means[blocks - 1] * weights[blocks - 1] + means[blocks] * weights[blocks]) / weight;
        weights[blocks - 1] = weight;
        lengths[blocks - 1] += lengths[blocks];
      }
    }
    offset = 0;
    int i = 0;
    for (int block = 0; block < blocks; block++) {
      for (int end = i + lengths[block]; i < end; i++) {
        offset += i == 0 ? 0 : room(row[i - 1], row[i]);
        x[row[i]] = means[block] + offset;
      }
    }
  }

  private double room(int left, int right) {
    boolean bends = rows.isBend(left) && rows.isBend(right);
    double half = (width(rows.isBend(left)) + width(rows.isBend(right))) / 2;
    return bends ? half : half + GAP / 2;
  }

  private double weight(int cell) {
    return rows.isBend(cell) ? 1 : Math.max(2, WEIGHT_OF_PATH / Math.pow(LESS, rows.slack(cell)));
  }

  /** The median of those with the least slack that a cell is linked with: the way on. */
  private double wanted(int cell, int[] neighbours) {
    if (neighbours.length == 0) {
      return x[cell];
    }
    if (neighbours.length == 1) {
      return x[neighbours[0]];
    }
    int least = Arrays.stream(neighbours).map(rows::slack).min().orElseThrow();
    double[] ways =
        Arrays.stream(neighbours)
            .filter(other -> rows.slack(other) == least)
            .mapToDouble(other -> x[other])
            .sorted()
            .toArray();
    int half = ways.length / 2;
    return ways.length % 2 == 1 ? ways[half] : (ways[half - 1] + ways[half]) / 2;
  }
}
