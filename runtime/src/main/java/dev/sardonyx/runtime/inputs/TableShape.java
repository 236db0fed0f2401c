package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** A table of numbers as the tensor that an input wants: its last dims lie along the columns. */
final class TableShape {
  private final DenseTensor table;
  private final long rows;
  private final long columns;
  private final Value input;
  private final TensorType wanted;

  private TableShape(DenseTensor table, Value input, TensorType wanted) {
    this.table = table;
    rows = table.shape().dim(0).fixed();
    columns = table.shape().dim(1).fixed();
    this.input = input;
    this.wanted = wanted;
  }

  /**
   * The tensor, row by row. Errors: INPUT where the numbers do not fill the shape or its dtype does
   * not have them.
   *
   * @param table float64[rows, columns]
   * @param wanted the input's type with the sizes that are known
   */
  static DenseTensor of(DenseTensor table, Value input, TensorType wanted) {
    return new TableShape(table, input, wanted).tensor();
  }

  private DenseTensor tensor() {
    DenseTensor result = table.reshaped(shape()).convert(wanted.dtype());
    if (!wanted.dtype().isFloat()) {
      DenseTensor back = result.convert(DType.FLOAT64);
      for (long i = 0; i < table.elements(); i++) {
        if (back.doubleAt(i) != table.doubleAt(i)) {
          throw wrong(
              "row %d, column %d is %s, which %s does not have"
                  .formatted(1 + i / columns, 1 + i % columns, table.doubleAt(i), wanted.dtype()));
        }
      }
    }
    return result;
  }

  private Shape shape() {
    List<Dim> dims = new ArrayList<>(wanted.shape().dims());
    List<Integer> open = new ArrayList<>();
    long product = 1;
    for (int axis = 0; axis < dims.size(); axis++) {
      if (dims.get(axis).isFixed()) {
        product = Math.multiplyExact(product, Math.max(1, dims.get(axis).fixed()));
      } else {
        open.add(axis);
      }
    }
    if (open.size() == 2 && dims.size() == 2) {
      return Shape.of(rows, columns);
    }
    if (open.size() > 1) {
      throw wrong("only one dim may be open: say others by --dim NAME=SIZE");
    }
    for (int axis : open) {
      dims.set(axis, Dim.of(rows * columns / product));
    }
    Shape shape = Shape.of(dims);
    if (shape.elements().fixed() != rows * columns || !isAlongRows(shape)) {
      throw wrong("its last dims must have one row's numbers, its first dims the rows");
    }
    return shape;
  }

  /** Whether rows end where a dim does; one row or one column may be of any shape. */
  private boolean isAlongRows(Shape shape) {
    boolean found = rows == 1 || columns == 1;
    for (int axis = 0; axis <= shape.rank(); axis++) {
      found |= shape.product(axis, shape.rank()).fixed() == columns;
    }
    return found;
  }

  private SardonyxException wrong(String reason) {
    return new SardonyxException(
        ErrorCode.INPUT,
        "a table of %d rows and %d columns does not fit input %s: %s"
            .formatted(rows, columns, input, reason));
  }
}
