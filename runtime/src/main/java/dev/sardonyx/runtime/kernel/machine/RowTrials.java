package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.RowReduction;

/** Tries what is done of rows. */
final class RowTrials {
  private static final int ROWS = 3;

  private RowTrials() {}

  /** Softmax and its logarithm, along rows and across columns. */
  static final class Softmax extends OperationTrial {
    Softmax(Kernels machine) {
      super(machine, "softmax");
    }

    @Override
    public int size() {
      return 4;
    }

    @Override
    public String name(int number) {
      return (number < 2 ? "softmax" : "logarithm of softmax")
          + (number % 2 == 0 ? " of rows" : " of columns");
    }

    @Override
    Problem problem(int number, int length, int variant) {
      int n = number % 2 == 0 ? length : 5;
      int inner = number % 2 == 0 ? 1 : length + 1;
      int elements = ROWS * n * inner;
      return new Problem(
          new int[] {elements},
          elements,
          9,
          (kernels, in, y) -> kernels.softmax(in[0], y, ROWS, n, inner, number >= 2));
    }
  }

  /** One number for each row. */
  static final class Reductions extends OperationTrial {
    Reductions(Kernels machine) {
      super(machine, "reductions of rows");
    }

    @Override
    public int size() {
      return RowReduction.values().length;
    }

    @Override
    public boolean has(int number) {
      return ReductionCode.has(RowReduction.values()[number]);
    }

    @Override
    public String name(int number) {
      return "rows " + RowReduction.values()[number];
    }

    @Override
    Problem problem(int number, int length, int variant) {
      RowReduction function = RowReduction.values()[number];
      return new Problem(
          new int[] {ROWS * length},
          ROWS,
          2,
          (kernels, in, y) -> kernels.reduceRows(function, in[0], y, ROWS, length));
    }
  }

  /** Rows brought to mean 0 and variance 1, with scales and shifts. */
  static final class Normalizations extends OperationTrial {
    Normalizations(Kernels machine) {
      super(machine, "normalizations of rows");
    }

    @Override
    public int size() {
      return 8;
    }

    @Override
    public String name(int number) {
      return "normalization " + number;
    }

    @Override
    Problem problem(int number, int length, int variant) {
      int n = ROWS * length;
      boolean centred = (number & MachineRows.CENTRED) != 0;
      boolean scaled = (number & MachineRows.SCALED) != 0;
      boolean shifted = (number & MachineRows.SHIFTED) != 0;
      return new Problem(
          new int[] {n, length, length},
          n,
          2,
          (kernels, in, y) ->
              kernels.normalizeRows(
                  centred,
                  0.01f,
                  in[0],
                  scaled ? in[1] : null,
                  shifted ? in[2] : null,
                  y,
                  ROWS,
                  length));
    }
  }
}
