package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.List;

/**
 * A function for each pair of classes over the vectors of both. A vector has a coefficient for each
 * class but its own, in the order of the classes.
 */
final class ClassPairs {
  private final int classes;
  private final int[] starts;
  private final float[] coefficients;
  private final float[] rho;
  private long left = Cancellation.EVERY;

  /** Errors: ARGUMENT, SHAPE for lists that don't fit. */
  ClassPairs(MlOp op, List<Long> counts, float[] coefficients, float[] rho, VectorKernel kernel) {
    classes = op.labels();
    this.coefficients = coefficients;
    this.rho = rho;
    boolean counted =
        counts.size() == classes
            && counts.stream().allMatch(count -> count >= 0 && count <= coefficients.length);
    if (!counted) {
      throw refused("vectors_per_class must have a size for each of %d classes", classes);
    }
    long vectors = counts.stream().mapToLong(Long::longValue).sum();
    kernel.requireVectors(vectors);
    if (coefficients.length != (classes - 1) * vectors) {
      throw refused("%d coefficients for %d vectors", coefficients.length, vectors);
    }
    if (rho.length != classes * (classes - 1L) / 2) {
      throw refused("rho must have a number for each pair of %d classes", classes);
    }
    starts = new int[classes + 1];
    for (int i = 0; i < classes; i++) {
      starts[i + 1] = starts[i] + counts.get(i).intValue();
    }
  }

  private static SardonyxException refused(String law, Object... numbers) {
    return new SardonyxException(ErrorCode.ARGUMENT, "SVMClassifier: " + law.formatted(numbers));
  }

  int count() {
    return rho.length;
  }

  /** Positive where the first of a pair wins. */
  double[] scores(float[] similarities) {
    double[] scores = new double[rho.length];
    int pair = 0;
    for (int first = 0; first < classes; first++) {
      for (int second = first + 1; second < classes; second++) {
        scores[pair] =
            sum(first, second - 1, similarities) + sum(second, first, similarities) + rho[pair];
        pair++;
      }
    }
    return scores;
  }

  private double sum(int own, int line, float[] similarities) {
    int vectors = starts[classes];
    left = Cancellation.spend(left, 1L + starts[own + 1] - starts[own]);
    double sum = 0;
    for (int i = starts[own]; i < starts[own + 1]; i++) {
      sum += (double) coefficients[line * vectors + i] * similarities[i];
    }
    return sum;
  }

  /** The class that wins most of its pairs, the first of equals. */
  int winner(double[] scores) {
    double[] votes = new double[classes];
    int pair = 0;
    for (int first = 0; first < classes; first++) {
      for (int second = first + 1; second < classes; second++) {
        votes[scores[pair++] > 0 ? first : second]++;
      }
    }
    return ClassLabels.largest(votes);
  }
}
