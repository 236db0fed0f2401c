package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** The part of {@link Functional} that works element by element, or along one dim. */
abstract sealed class ActivationFunctions permits ProductFunctions {
  ActivationFunctions() {}

  /** max(x, 0) for each element. */
  public static Tensor relu(Tensor x) {
    return Operations.apply(new UnaryOp.Relu(), x);
  }

  /** x where it is 0 or more, else 0.01 * x. */
  public static Tensor leakyRelu(Tensor x) {
    return leakyRelu(x, 0.01);
  }

  /** x where it is 0 or more, else negativeSlope * x. */
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    return Operations.apply(new ActivationOp.LeakyRelu((float) negativeSlope), x);
  }

  /** x where it is 0 or more, else weight * x; weight is [1], or [C] with one for each channel. */
  public static Tensor prelu(Tensor x, Tensor weight) {
    return Operations.apply(new BinaryOp.PRelu(), x, Activations.slope(x, weight));
  }

  /** 1 / (1 + exp(-x)) for each element. */
  public static Tensor sigmoid(Tensor x) {
    return Operations.apply(new UnaryOp.Sigmoid(), x);
  }

  /** x * sigmoid(x) for each element. */
  public static Tensor silu(Tensor x) {
    return x.mul(sigmoid(x));
  }

  /** The hyperbolic tangent of each element. */
  public static Tensor tanh(Tensor x) {
    return Operations.apply(new UnaryOp.Tanh(), x);
  }

  /** exp(x) / sum(exp(x)) along a dim, which may count from the end. */
  public static Tensor softmax(Tensor x, int dim) {
    return Operations.apply(new NormalizationOp.Softmax(dim), x);
  }

  /** log(softmax(x)) along a dim, which may count from the end. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return Operations.apply(new NormalizationOp.LogSoftmax(dim), x);
  }

  /** In training, zeroes elements with probability p and scales the others by 1 / (1 - p). */
  public static Tensor dropout(Tensor x, double p, boolean training) {
    Arguments.requireProbability("dropout", p);
    return training ? Activations.dropped(x, p) : x;
  }
}
