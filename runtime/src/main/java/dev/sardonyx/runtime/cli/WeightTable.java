package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;

/** The tensors of a checkpoint with the range of their numbers. */
final class WeightTable {
  private WeightTable() {}

  /** Numbers of one tensor; least, greatest and mean are NaN where there are none. */
  private record Range(double least, double greatest, double mean, long nans) {

    /** NaNs are counted and left out of the rest. */
    static Range of(DenseTensor tensor) {
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      long nans = 0;
      for (long i = 0; i < tensor.elements(); i++) {
        double value = tensor.doubleAt(i);
        if (Double.isNaN(value)) {
          nans++;
        } else {
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
          sum += value;
        }
      }
      long numbers = tensor.elements() - nans;
      return numbers == 0
          ? new Range(Double.NaN, Double.NaN, Double.NaN, nans)
          : new Range(least, greatest, sum / numbers, nans);
    }
  }

  static void print(PrintStream out, String file, StateDict state) {
    var table = new Table("name", "dtype", "shape", "min", "max", "mean", "NaN");
    long elements = 0;
    long bytes = 0;
    long nans = 0;
    for (String name : state.names()) {
      DenseTensor tensor = state.get(name).dense();
      elements += tensor.elements();
      bytes += tensor.segment().byteSize();
      if (hasNumbers(tensor)) {
        Range range = Range.of(tensor);
        nans += range.nans();
        table.row(
            name,
            tensor.dtype(),
            tensor.shape(),
            text(range.least()),
            text(range.greatest()),
            text(range.mean()),
            range.nans());
      } else {
        table.row(name, tensor.dtype(), tensor.shape(), "-", "-", "-", "-");
      }
    }
    out.print(table);
    out.printf(
        "%n%s: %d tensors, %,d elements, %,d bytes, %,d NaN%n",
        file, state.entries().size(), elements, bytes, nans);
    state.shared().forEach(names -> out.println("shared: " + String.join(", ", names)));
    state.metadata().forEach((key, value) -> out.println("metadata: " + key + " = " + value));
  }

  static void printJson(PrintStream out, StateDict state) {
    for (String name : state.names()) {
      DenseTensor tensor = state.get(name).dense();
      Json line =
          Json.object()
              .put("name", name)
              .put("dtype", tensor.dtype())
              .put("shape", tensor.shape().dims().stream().map(dim -> dim.fixed()).toList())
              .put("bytes", tensor.segment().byteSize());
      if (hasNumbers(tensor)) {
        Range range = Range.of(tensor);
        line.put("min", range.least()).put("max", range.greatest());
        line.put("mean", range.mean()).put("nan", range.nans());
      }
      out.println(line);
    }
  }

  private static boolean hasNumbers(DenseTensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, INT64, INT32, INT16, INT8 -> true;
      case UINT8, UINT16, UINT32, BOOL -> true;
      case UINT64, STRING, COMPLEX64, COMPLEX128, UINT4, INT4, UINT2, INT2 -> false;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
          false;
    };
  }

  private static String text(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
    return Double.isNaN(value) ? "-" : whole ? "%.0f".formatted(value) : "%.4g".formatted(value);
  }
}
