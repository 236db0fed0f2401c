package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;

/** A tensor as rows of numbers: its last axis is a row; a vector is one row. */
record Table(DenseTensor tensor, long rows, int columns, Elements elements) {

  static Table of(DenseTensor tensor) {
    long[] sizes = tensor.shape().sizes();
    long columns = sizes.length == 0 ? 1 : sizes[sizes.length - 1];
    if (columns > Integer.MAX_VALUE - 8) {
      throw new SardonyxException(ErrorCode.LIMIT, "rows exceed 32 bits: " + tensor.type());
    }
    long rows = columns == 0 ? 0 : tensor.elements() / columns;
    if (columns == 0 && sizes.length == 2) {
      rows = sizes[0];
    }
    return new Table(tensor, rows, (int) columns, new Elements(tensor.dtype()));
  }

  double at(long row, int column) {
    return elements.number(tensor.segment(), row * columns + column);
  }

  /** Reads one row; whoever goes through rows can be ended here. */
  void read(long row, double[] to) {
    Cancellation.poll();
    for (int column = 0; column < columns; column++) {
      Cancellation.pollAt(column);
      to[column] = at(row, column);
    }
  }

  /** The same, rounded to float32. */
  void read(long row, float[] to) {
    Cancellation.poll();
    for (int column = 0; column < columns; column++) {
      Cancellation.pollAt(column);
      to[column] = (float) at(row, column);
    }
  }

  /** Errors: SHAPE for fewer columns than are asked for. */
  Table requireColumns(int least, String operator) {
    if (columns < least) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "%s looks at %d columns, found %s".formatted(operator, least, tensor.type()));
    }
    return this;
  }
}
