package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.List;

/** Support vector machines. Source: ONNX ai.onnx.ml, as ONNX Runtime reads it. */
final class SupportVectors {
  private final MlOp op;
  private final Table table;
  private final VectorKernel kernel;
  private final float[] coefficients;
  private final float[] rho;
  private final float[] row;

  private SupportVectors(MlOp op, DenseTensor x, boolean linear) {
    this.op = op;
    table = Table.of(x);
    coefficients = floats(op.attributes(), "coefficients");
    rho = floats(op.attributes(), "rho");
    float[] vectors = linear ? coefficients : floats(op.attributes(), "support_vectors");
    kernel = VectorKernel.of(op, vectors, table.columns(), linear);
    row = new float[table.columns()];
  }

  private void require(boolean holds, String law) {
    if (!holds) {
      throw new SardonyxException(ErrorCode.ARGUMENT, op.name() + ": " + law);
    }
  }

  private static float[] floats(Attributes attributes, String name) {
    List<Float> values = attributes.floats(name);
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }

  /** The kernel of a row with each vector. */
  private void compute(long at, float[] similarities) {
    table.read(at, row);
    kernel.apply(row, similarities);
  }

  static DenseTensor regress(MlOp op, DenseTensor x, Allocator memory) {
    Attributes attributes = op.attributes();
    long vectors = attributes.integer("n_supports", 0);
    boolean linear = vectors == 0;
    var machine = new SupportVectors(op, x, linear);
    boolean fits = vectors == (linear ? 0 : machine.coefficients.length);
    machine.require(fits, vectors + " vectors have " + machine.coefficients.length + " factors");
    machine.kernel.requireVectors(linear ? 1 : vectors);
    machine.require(machine.rho.length == 1, "rho must be one number");
    if (Scores.of(attributes.string("post_transform", "NONE")) != Scores.NONE) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "SVMRegressor: ONNX Runtime leaves post_transform out");
    }
    boolean oneClass = attributes.integer("one_class", 0) != 0;
    float[] similarities = new float[machine.kernel.vectors()];
    var result = new ScoreTable(DType.FLOAT32, machine.table.rows(), 1, memory);
    for (long r = 0; r < machine.table.rows(); r++) {
      machine.compute(r, similarities);
      double sum = machine.rho[0];
      for (int i = 0; i < similarities.length; i++) {
        sum += linear ? similarities[i] : (double) similarities[i] * machine.coefficients[i];
      }
      result.write(r, new double[] {oneClass ? (sum > 0 ? 1 : -1) : sum});
    }
    return result.tensor();
  }

  static List<Data> classify(MlOp op, DenseTensor x, Allocator memory) {
    List<Long> counts = op.attributes().longs("vectors_per_class");
    boolean linear = counts.stream().allMatch(count -> count == 0);
    if (op.labels() < 2) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "SVMClassifier: fewer than 2 classes, found " + op.labels());
    }
    var machine = new SupportVectors(op, x, linear);
    return linear ? machine.linear(memory) : machine.pairs(counts, memory);
  }

  /** A function for each class, no vectors. */
  private List<Data> linear(Allocator memory) {
    int classes = op.labels();
    kernel.requireVectors(classes);
    require(rho.length >= 1, "rho must have a number");
    if (!op.attributes().floats("prob_a").isEmpty()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "SVMClassifier: probabilities without support vectors");
    }
    boolean positive = op.attributes().floats("coefficients").stream().allMatch(c -> c >= 0);
    var transform = Scores.of(op.attributes().string("post_transform", "NONE"));
    var result = new ScoreTable(DType.FLOAT32, table.rows(), classes, memory);
    var labels = new ClassLabels(op, table.rows());
    float[] values = new float[classes];
    for (long r = 0; r < table.rows(); r++) {
      compute(r, values);
      double[] scores = new double[classes];
      for (int i = 0; i < classes; i++) {
        scores[i] = values[i] + rho[0];
      }
      int largest = ClassLabels.largest(scores);
      boolean second = positive ? scores[largest] >= 0.5 : scores[largest] > 0;
      labels.add(classes == 2 && second ? 1 : largest);
      transform.apply(scores);
      result.write(r, scores);
    }
    return List.of(labels.tensor(Shape.of(table.rows()), memory), result.tensor());
  }

  /** A vote between each pair of classes, and probabilities from the votes where they are asked. */
  private List<Data> pairs(List<Long> counts, Allocator memory) {
    var pairs = new ClassPairs(op, counts, coefficients, rho, kernel);
    var transform = Scores.of(op.attributes().string("post_transform", "NONE"));
    var probabilities = PairProbabilities.of(op, pairs.count());
    boolean single = probabilities.isEmpty() && pairs.count() == 1;
    int columns = single ? 2 : probabilities.isEmpty() ? pairs.count() : op.labels();
    var result = new ScoreTable(DType.FLOAT32, table.rows(), columns, memory);
    var labels = new ClassLabels(op, table.rows());
    float[] similarities = new float[kernel.vectors()];
    for (long r = 0; r < table.rows(); r++) {
      compute(r, similarities);
      double[] scores = pairs.scores(similarities);
      labels.add(pairs.winner(scores));
      if (single) {
        scores = two(scores[0], transform);
      } else {
        scores = probabilities.isEmpty() ? scores : probabilities.get().of(scores);
        transform.apply(scores);
      }
      result.write(r, scores);
    }
    return List.of(labels.tensor(Shape.of(table.rows()), memory), result.tensor());
  }

  /** The scores of both of two classes: SOFTMAX changes nothing here. */
  private static double[] two(double score, Scores transform) {
    return switch (transform) {
      case NONE -> new double[] {-score, score};
      case LOGISTIC -> new double[] {Scores.logistic(-score), Scores.logistic(score)};
      case SOFTMAX, SOFTMAX_ZERO -> new double[] {1 - score, score};
      case PROBIT ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED, "SVMClassifier: PROBIT of the score of two classes");
    };
  }
}
