package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Kernels;

/** Tries products of vectors and matrices that are read as they lie. */
final class RowVectorTrial extends OperationTrial {
  /** Matrices. */
  private static final int COUNT = 2;

  /** Columns or rows: more than a vector, and broken ones. */
  private static final int OTHER = 19;

  RowVectorTrial(Kernels machine) {
    super(machine, "rows and vectors");
  }

  @Override
  public int size() {
    return MachineRowVectors.COUNT;
  }

  @Override
  public String name(int number) {
    return number == MachineRowVectors.DOTS ? "dots of rows" : "sums of rows";
  }

  @Override
  Problem problem(int number, int length, int variant) {
    int step = length * OTHER;
    int pitch = number == MachineRowVectors.DOTS ? OTHER : length;
    return new Problem(
        new int[] {COUNT * OTHER, COUNT * step},
        COUNT * length,
        2,
        number == MachineRowVectors.DOTS
            ? (kernels, in, y) ->
                kernels.dotRows(
                    in[0], 0, OTHER, in[1], 0, step, pitch, length, OTHER, y, 0, length, COUNT)
            : (kernels, in, y) ->
                kernels.sumRows(
                    in[0], 0, OTHER, in[1], 0, step, pitch, OTHER, length, y, 0, length, COUNT));
  }
}
