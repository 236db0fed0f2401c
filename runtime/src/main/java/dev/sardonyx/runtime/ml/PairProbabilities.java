package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Probabilities of classes from those between pairs of them. Source: Wu, Lin and Weng, Probability
 * Estimates for Multi-class Classification by Pairwise Coupling, 2004, algorithm 2; in float32, for
 * where it ends depends on rounding.
 */
final class PairProbabilities {
  private static final int ROUNDS = 100;
  private static final float LEAST = 1e-7f;

  private final int classes;
  private final List<Float> slopes;
  private final List<Float> offsets;

  private PairProbabilities(int classes, List<Float> slopes, List<Float> offsets) {
    this.classes = classes;
    this.slopes = slopes;
    this.offsets = offsets;
  }

  /** Empty where there are no prob_a. Errors: ARGUMENT for other than one number for each pair. */
  static Optional<PairProbabilities> of(MlOp op, int pairs) {
    List<Float> slopes = op.attributes().floats("prob_a");
    List<Float> offsets = op.attributes().floats("prob_b");
    if (slopes.isEmpty() && offsets.isEmpty()) {
      return Optional.empty();
    }
    if (slopes.size() != pairs || offsets.size() != pairs) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "SVMClassifier: prob_a and prob_b must have %d numbers, found %d and %d"
              .formatted(pairs, slopes.size(), offsets.size()));
    }
    return Optional.of(new PairProbabilities(op.labels(), slopes, offsets));
  }

  double[] of(double[] scores) {
    float[] p = couple(quadratic(between(scores)));
    double[] result = new double[classes];
    for (int i = 0; i < classes; i++) {
      result[i] = p[i];
    }
    return result;
  }

  /** The probability of a class against another. */
  private float[][] between(double[] scores) {
    float[][] r = new float[classes][classes];
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        float x = (float) scores[pair] * slopes.get(pair) + offsets.get(pair);
        float wins = 1 - (float) Scores.logistic(x);
        r[i][j] = Math.min(Math.max(wins, LEAST), 1 - LEAST);
        r[j][i] = 1 - r[i][j];
        pair++;
      }
    }
    return r;
  }

  private float[][] quadratic(float[][] r) {
    float[][] q = new float[classes][classes];
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        if (i != j) {
          q[i][i] += r[j][i] * r[j][i];
          q[i][j] = -r[j][i] * r[i][j];
        }
      }
    }
    return q;
  }

  /** The least of p'Qp with p a distribution. */
  private float[] couple(float[][] q) {
    float[] p = new float[classes];
    Arrays.fill(p, 1f / classes);
    float[] qp = new float[classes];
    for (int round = 0; round < ROUNDS; round++) {
      Cancellation.poll();
      float pqp = 0;
      for (int i = 0; i < classes; i++) {
        qp[i] = 0;
        for (int j = 0; j < classes; j++) {
          qp[i] += q[i][j] * p[j];
        }
        pqp += p[i] * qp[i];
      }
      float error = 0;
      for (float value : qp) {
        error = Math.max(error, Math.abs(value - pqp));
      }
      if (error < 0.005f / classes) {
        break;
      }
      for (int i = 0; i < classes; i++) {
        float step = (pqp - qp[i]) / q[i][i];
        float scale = 1 + step;
        pqp = (pqp + step * (step * q[i][i] + 2 * qp[i])) / scale / scale;
        p[i] += step;
        for (int j = 0; j < classes; j++) {
          qp[j] = (qp[j] + step * q[i][j]) / scale;
          p[j] /= scale;
        }
      }
    }
    return p;
  }
}
