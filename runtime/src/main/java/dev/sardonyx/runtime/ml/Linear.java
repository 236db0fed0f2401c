package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.List;

/** Linear functions of rows. */
final class Linear {
  private final Table table;
  private final List<Float> coefficients;
  private final List<Float> intercepts;
  private final double[] row;
  private long left = Cancellation.EVERY;

  private Linear(MlOp op, DenseTensor x, int functions) {
    Attributes attributes = op.attributes();
    table = Table.of(x);
    coefficients = attributes.floats("coefficients");
    intercepts = attributes.floats("intercepts");
    row = new double[table.columns()];
    boolean fits =
        coefficients.size() == (long) functions * table.columns()
            && (intercepts.isEmpty() || intercepts.size() == functions);
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "%s: %d functions of %s take as many coefficients for each column, found %d with %d"
                  .formatted(op.name(), functions, x.type(), coefficients.size(), intercepts.size())
              + " intercepts");
    }
  }

  /** The values of the first functions for a row. */
  private void compute(long at, double[] scores, int functions) {
    table.read(at, row);
    for (int f = 0; f < functions; f++) {
      left = Cancellation.spend(left, row.length);
      double sum = intercepts.isEmpty() ? 0 : intercepts.get(f);
      for (int column = 0; column < row.length; column++) {
        sum += row[column] * coefficients.get(f * row.length + column);
      }
      scores[f] = sum;
    }
  }

  static DenseTensor regress(MlOp op, DenseTensor x, Allocator memory) {
    int targets = op.attributes().int32("targets", 1);
    var linear = new Linear(op, x, targets);
    var transform = Scores.of(op.attributes().string("post_transform", "NONE"));
    var result = new ScoreTable(DType.FLOAT32, linear.table.rows(), targets, memory);
    for (long r = 0; r < linear.table.rows(); r++) {
      double[] scores = new double[targets];
      linear.compute(r, scores, targets);
      transform.apply(scores);
      result.write(r, scores);
    }
    return result.tensor();
  }

  static List<Data> classify(MlOp op, DenseTensor x, Allocator memory) {
    int functions = op.attributes().floats("intercepts").size();
    boolean second = functions == 1 && op.labels() == 2;
    var transform = Scores.of(op.attributes().string("post_transform", "NONE"));
    boolean fits = second || functions == op.labels() && functions > 1;
    if (!fits || second && transform == Scores.PROBIT) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "LinearClassifier: %d functions for %d labels with post_transform %s"
              .formatted(functions, op.labels(), transform));
    }
    var linear = new Linear(op, x, functions);
    long rows = linear.table.rows();
    var result = new ScoreTable(DType.FLOAT32, rows, op.labels(), memory);
    var labels = new ClassLabels(op, rows);
    for (long r = 0; r < rows; r++) {
      double[] scores = new double[op.labels()];
      linear.compute(r, scores, functions);
      if (second) {
        labels.add(scores[0] > 0 ? 1 : 0);
        transform.opposed(scores, scores[0], true);
      } else {
        labels.add(ClassLabels.largest(scores));
        transform.apply(scores);
      }
      result.write(r, scores);
    }
    return List.of(labels.tensor(Shape.of(rows), memory), result.tensor());
  }
}
