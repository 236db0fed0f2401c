package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Columns chosen, changed and joined. */
final class Features {
  private static final Elements FLOAT = new Elements(DType.FLOAT32);

  private Features() {}

  /** One number of a table, changed. */
  @FunctionalInterface
  private interface Change {
    double apply(double x, int column);
  }

  private static DenseTensor each(DenseTensor x, DType type, Allocator memory, Change change) {
    Table table = Table.of(x);
    var elements = new Elements(type);
    MemorySegment y = memory.allocate(new TensorType(type, x.shape()));
    for (long row = 0; row < table.rows(); row++) {
      Cancellation.poll();
      for (int column = 0; column < table.columns(); column++) {
        Cancellation.pollAt(column);
        double value = change.apply(table.at(row, column), column);
        elements.number(y, row * table.columns() + column, value);
      }
    }
    return DenseTensor.view(type, x.shape(), y);
  }

  static DenseTensor extract(DenseTensor x, DenseTensor indices, Allocator memory) {
    long[] sizes = x.shape().sizes();
    long columns = sizes[sizes.length - 1];
    long count = indices.elements();
    for (long i = 0; i < count; i++) {
      Cancellation.pollAt(i);
      if (indices.longAt(i) < 0 || indices.longAt(i) >= columns) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "ArrayFeatureExtractor: index %d is outside [0, %d]"
                .formatted(indices.longAt(i), columns - 1));
      }
    }
    long[] result = sizes.length == 1 ? new long[] {1, count} : sizes.clone();
    result[result.length - 1] = count;
    Shape shape = Shape.of(result);
    long rows = columns == 0 ? 0 : x.elements() / columns;
    if (x.dtype() == DType.STRING) {
      List<String> strings = new ArrayList<>();
      for (long row = 0; row < rows; row++) {
        Cancellation.poll();
        for (long i = 0; i < count; i++) {
          Cancellation.pollAt(i);
          strings.add(x.strings().get((int) (row * columns + indices.longAt(i))));
        }
      }
      return DenseTensor.ofStrings(strings, shape);
    }
    int bytes = x.dtype().bits() / 8;
    MemorySegment y = memory.allocate(new TensorType(x.dtype(), shape));
    for (long row = 0; row < rows; row++) {
      Cancellation.poll();
      for (long i = 0; i < count; i++) {
        Cancellation.pollAt(i);
        long from = (row * columns + indices.longAt(i)) * bytes;
        MemorySegment.copy(x.segment(), from, y, (row * count + i) * bytes, bytes);
      }
    }
    return DenseTensor.view(x.dtype(), shape, y);
  }

  static DenseTensor binarize(MlOp op, DenseTensor x, Allocator memory) {
    float threshold = op.attributes().floating("threshold", 0);
    return each(x, x.dtype(), memory, (value, _) -> value > threshold ? 1 : 0);
  }

  static DenseTensor impute(MlOp op, DenseTensor x, Allocator memory) {
    Attributes attributes = op.attributes();
    boolean real = x.dtype().isFloat();
    double[] imputed =
        real
            ? doubles(attributes, "imputed_value_floats")
            : attributes.longs("imputed_value_int64s").stream()
                .mapToDouble(Long::doubleValue)
                .toArray();
    double replaced =
        real
            ? attributes.floating("replaced_value_float", 0)
            : attributes.integer("replaced_value_int64", 0);
    requirePerColumn(op, "imputed values", imputed, Table.of(x).columns());
    return each(
        x,
        x.dtype(),
        memory,
        (value, column) ->
            value == replaced || Double.isNaN(value) && Double.isNaN(replaced)
                ? imputed[imputed.length == 1 ? 0 : column]
                : value);
  }

  static DenseTensor scale(MlOp op, DenseTensor x, Allocator memory) {
    double[] offset = doubles(op.attributes(), "offset");
    double[] scale = doubles(op.attributes(), "scale");
    int columns = Table.of(x).columns();
    requirePerColumn(op, "offset", offset, columns);
    requirePerColumn(op, "scale", scale, columns);
    return each(
        x,
        DType.FLOAT32,
        memory,
        (value, column) ->
            (value - offset[offset.length == 1 ? 0 : column])
                * scale[scale.length == 1 ? 0 : column]);
  }

  private static void requirePerColumn(MlOp op, String what, double[] values, int columns) {
    if (values.length != 1 && values.length != columns) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "%s: %s must be one or one for each of %d columns, found %d"
              .formatted(op.name(), what, columns, values.length));
    }
  }

  private static double[] doubles(Attributes attributes, String name) {
    return attributes.floats(name).stream().mapToDouble(Float::doubleValue).toArray();
  }

  static DenseTensor normalize(MlOp op, DenseTensor x, Allocator memory) {
    String norm = op.attributes().string("norm", "MAX");
    Table table = Table.of(x);
    MemorySegment y = memory.allocate(new TensorType(DType.FLOAT32, x.shape()));
    double[] row = new double[table.columns()];
    for (long r = 0; r < table.rows(); r++) {
      table.read(r, row);
      double divisor =
          switch (norm) {
            case "MAX" -> polled(row).max().orElse(0);
            case "L1" -> polled(row).map(Math::abs).sum();
            case "L2" -> Math.sqrt(polled(row).map(v -> v * v).sum());
            default ->
                throw new SardonyxException(
                    ErrorCode.ARGUMENT, "Normalizer: norm cannot be '" + norm + "'");
          };
      for (int c = 0; c < row.length; c++) {
        Cancellation.pollAt(c);
        FLOAT.real(y, r * row.length + c, divisor == 0 ? row[c] : row[c] / divisor);
      }
    }
    return DenseTensor.view(DType.FLOAT32, x.shape(), y);
  }

  private static DoubleStream polled(double[] row) {
    return IntStream.range(0, row.length).peek(Cancellation::pollAt).mapToDouble(i -> row[i]);
  }

  /** Columns side by side; each input gives as many as it has, or is cut or filled up with 0. */
  static DenseTensor join(MlOp op, List<DenseTensor> inputs, Allocator memory) {
    List<Long> sizes = op.attributes().longs("inputdimensions");
    List<Table> tables = inputs.stream().map(Table::of).toList();
    long rows = tables.getFirst().rows();
    long width = sizes.stream().mapToLong(Long::longValue).sum();
    Shape shape = Shape.of(rows, width);
    MemorySegment y = memory.allocate(new TensorType(DType.FLOAT32, shape));
    long first = 0;
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      if (table.rows() != rows || table.columns() != sizes.get(i)) {
        throw new SardonyxException(
            ErrorCode.SHAPE,
            "FeatureVectorizer: input %d must be (%d, %d), found %s"
                .formatted(i, rows, sizes.get(i), table.tensor().type()));
      }
      for (long row = 0; row < rows; row++) {
        Cancellation.poll();
        for (int column = 0; column < table.columns(); column++) {
          Cancellation.pollAt(column);
          FLOAT.real(y, row * width + first + column, table.at(row, column));
        }
      }
      first += table.columns();
    }
    return DenseTensor.view(DType.FLOAT32, shape, y);
  }
}
