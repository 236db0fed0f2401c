package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.type.TensorType;
import java.util.List;

/** Normalisations along an axis. Source: ONNX's operators of these names. */
final class Normalizations {
  private static final long EXPONENTIAL = 30;

  private Normalizations() {}

  static List<Exact> of(NormalizationOp op, Operands in) {
    return switch (op) {
      case NormalizationOp.Softmax(int axis) -> List.of(softmax(in.get(0), axis, false));
      case NormalizationOp.LogSoftmax(int axis) -> List.of(softmax(in.get(0), axis, true));
      case NormalizationOp.Hardmax(int axis) -> List.of(hardmax(in, axis));
      case NormalizationOp.LpNormalization(int axis, int p) -> List.of(byNorm(in, axis, p));
      case NormalizationOp.LRN lrn -> List.of(responses(lrn, in));
      case NormalizationOp.BatchNormalization batch -> BatchStatistics.of(batch, in);
      case NormalizationOp.MeanVarianceNormalization(List<Integer> axes) ->
          List.of(meanVariance(in, axes));
      case OwnStatisticsOp own -> OwnStatistics.of(own, in);
    };
  }

  /** What the elements of a line have in common. */
  private record Row(double largest, double sum) {}

  /** exp(x) over the sum of a line's, or its logarithm. */
  static Exact softmax(Exact x, int axis, boolean logarithm) {
    Lines lines = Lines.of(x.sizes(), axis);
    var rows =
        new Shared<Row>(
            line -> {
              double largest = Double.NEGATIVE_INFINITY;
              for (long i = 0; i < lines.length(); i++) {
                largest = Math.max(largest, x.at(lines.start(line) + i * lines.step()));
              }
              double sum = 0;
              for (long i = 0; i < lines.length(); i++) {
                sum += Math.exp(x.at(lines.start(line) + i * lines.step()) - largest);
              }
              return new Row(largest, sum);
            });
    return Exact.real(
        x.type(),
        3 * EXPONENTIAL,
        index -> {
          Row row = rows.get(lines.line(index));
          double over = x.at(index) - row.largest;
          return logarithm ? over - Math.log(row.sum) : Math.exp(over) / row.sum;
        });
  }

  private static Exact hardmax(Operands in, int axis) {
    Exact x = in.get(0);
    Lines lines = Lines.of(x.sizes(), axis);
    var largest = new Shared<Long>(line -> firstLargest(x, lines, line));
    return Exact.real(
        in.type(), 5, index -> largest.get(lines.line(index)) == lines.place(index) ? 1 : 0);
  }

  private static long firstLargest(Exact x, Lines lines, long line) {
    long best = 0;
    for (long i = 1; i < lines.length(); i++) {
      long start = lines.start(line);
      best = x.at(start + i * lines.step()) > x.at(start + best * lines.step()) ? i : best;
    }
    return best;
  }

  private static Exact byNorm(Operands in, int axis, int p) {
    Exact x = in.get(0);
    Lines lines = Lines.of(x.sizes(), axis);
    var norms =
        new Shared<Double>(
            line -> {
              double sum = 0;
              for (long i = 0; i < lines.length(); i++) {
                double value = Math.abs(x.at(lines.start(line) + i * lines.step()));
                sum += p == 1 ? value : value * value;
              }
              return p == 1 ? sum : Math.sqrt(sum);
            });
    return Exact.real(
        in.type(),
        5,
        index -> {
          double norm = norms.get(lines.line(index));
          return norm == 0 ? 0 : x.at(index) / norm;
        });
  }

  /** x / (bias + alpha / size * s) ^ beta with s the sum of squares of channels around. */
  private static Exact responses(NormalizationOp.LRN op, Operands in) {
    Exact x = in.get(0);
    long[] sizes = x.sizes();
    Lines channels = Lines.of(sizes, 1);
    long before = (op.size() - 1) / 2;
    long behind = op.size() - 1 - before;
    return Exact.real(
        in.type(),
        op.size() + EXPONENTIAL,
        index -> {
          long channel = channels.place(index);
          long from = Math.max(0, channel - before);
          long to = Math.min(channels.length() - 1, channel + behind);
          double squares = 0;
          for (long c = from; c <= to; c++) {
            double value = x.at(index + (c - channel) * channels.step());
            squares += value * value;
          }
          double base = (double) op.bias() + (double) op.alpha() / op.size() * squares;
          return x.at(index) / Math.pow(base, op.beta());
        });
  }

  /** (x - mean) / (deviation + 1e-9), as the function that defines it has it. */
  private static Exact meanVariance(Operands in, List<Integer> axes) {
    Exact x = in.get(0);
    Region region = Region.of(x.sizes(), axes);
    TensorType type = in.type();
    var statistics = new Shared<Moments>(group -> Moments.of(x, region, group));
    return Exact.real(
        type,
        10,
        index -> {
          Moments moments = statistics.get(region.group(index));
          return (x.at(index) - moments.mean()) / (Math.sqrt(moments.variance()) + 1e-9);
        });
  }
}
