package dev.sardonyx.runtime.vote;

/** Determinants by elimination, each pivot the largest of its column. Source: ONNX Det. */
final class Determinants {
  private Determinants() {}

  static Exact of(Operands in) {
    Exact x = in.get(0);
    long[] sizes = x.sizes();
    int size = Math.toIntExact(sizes[sizes.length - 1]);
    return Exact.real(
        in.type(),
        (long) size * size * size,
        matrix -> {
          double[][] rows = new double[size][size];
          for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
              rows[i][j] = x.at((matrix * size + i) * size + j);
            }
          }
          return of(rows);
        });
  }

  private static double of(double[][] rows) {
    double result = 1;
    for (int column = 0; column < rows.length; column++) {
      int pivot = column;
      for (int row = column + 1; row < rows.length; row++) {
        pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
      }
      double[] chosen = rows[pivot];
      result *= pivot == column ? chosen[column] : -chosen[column];
      if (chosen[column] == 0) {
        return 0;
      }
      rows[pivot] = rows[column];
      rows[column] = chosen;
      for (int row = column + 1; row < rows.length; row++) {
        double factor = rows[row][column] / chosen[column];
        for (int i = column; i < rows.length; i++) {
          rows[row][i] -= factor * chosen[i];
        }
      }
    }
    return result;
  }
}
