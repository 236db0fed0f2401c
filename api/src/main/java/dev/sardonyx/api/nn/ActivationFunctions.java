package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
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
    return x.softmax(dim);
  }

  /** log(softmax(x)) along a dim, which may count from the end. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return x.logSoftmax(dim);
  }

  /** min(max(x, 0), 6) for each element. */
  public static Tensor relu6(Tensor x) {
    return hardtanh(x, 0, 6);
  }

  /** min(max(x, minVal), maxVal) for each element. */
  public static Tensor hardtanh(Tensor x, double minVal, double maxVal) {
    return x.clamp(minVal, maxVal);
  }

  /** x above 0, else alpha * (exp(x) - 1), for each element. */
  public static Tensor elu(Tensor x, double alpha) {
    return Operations.apply(new ActivationOp.Elu((float) alpha), x);
  }

  /** The same with alpha 1. */
  public static Tensor elu(Tensor x) {
    return elu(x, 1);
  }

  /** 1.0507 * (x above 0, else 1.6733 * (exp(x) - 1)) for each element. */
  public static Tensor selu(Tensor x) {
    return Operations.apply(new ActivationOp.Selu(), x);
  }

  /** x above 0, else alpha * (exp(x / alpha) - 1), for each element. Errors: ARGUMENT for 0. */
  public static Tensor celu(Tensor x, double alpha) {
    Arguments.require(alpha != 0, "celu", "alpha", "other than 0", alpha);
    return Operations.apply(new ActivationOp.Celu((float) alpha), x);
  }

  /** x * Phi(x) with the normal distribution's Phi, by erf. */
  public static Tensor gelu(Tensor x) {
    return gelu(x, "none");
  }

  /** The same by erf (none) or approximated by tanh. Errors: ARGUMENT for another form. */
  public static Tensor gelu(Tensor x, String approximate) {
    Arguments.requireApproximation("gelu", approximate);
    return Operations.apply(new ActivationOp.Gelu(approximate), x);
  }

  /** x * tanh(softplus(x)) for each element. */
  public static Tensor mish(Tensor x) {
    return Operations.apply(new ActivationOp.Mish(), x);
  }

  /** x * relu6(x + 3) / 6 for each element. */
  public static Tensor hardswish(Tensor x) {
    return Operations.apply(new ActivationOp.HardSwish(), x);
  }

  /** relu6(x + 3) / 6 for each element. */
  public static Tensor hardsigmoid(Tensor x) {
    return Operations.apply(new ActivationOp.HardSigmoid(1 / 6f, 0.5f), x);
  }

  /** log(sigmoid(x)) for each element. */
  public static Tensor logsigmoid(Tensor x) {
    return softplus(x.neg()).neg();
  }

  /** log(1 + exp(x)) for each element. */
  public static Tensor softplus(Tensor x) {
    return softplus(x, 1, 20);
  }

  /** log(1 + exp(beta * x)) / beta; x itself where beta * x is above threshold. */
  public static Tensor softplus(Tensor x, double beta, double threshold) {
    return Activations.softplus(x, beta, threshold);
  }

  /** x / (1 + |x|) for each element. */
  public static Tensor softsign(Tensor x) {
    return Operations.apply(new ActivationOp.Softsign(), x);
  }

  /** x above threshold, else value, for each element. */
  public static Tensor threshold(Tensor x, double threshold, double value) {
    return x.maskedFill(x.le(threshold), value);
  }

  /** 0 where |x| is at most lambd, else x. */
  public static Tensor hardshrink(Tensor x, double lambd) {
    return x.maskedFill(x.abs().le(lambd), 0);
  }

  /** x moved towards 0 by lambd, 0 where |x| is at most that. Errors: ARGUMENT below 0. */
  public static Tensor softshrink(Tensor x, double lambd) {
    Arguments.require(lambd >= 0, "softshrink", "lambd", "0 or more", lambd);
    return x.sub(x.clamp(-lambd, lambd));
  }

  /** x - tanh(x) for each element. */
  public static Tensor tanhshrink(Tensor x) {
    return x.sub(tanh(x));
  }

  /** a * sigmoid(b) with the halves of x along a dim. Errors: SHAPE for an odd size. */
  public static Tensor glu(Tensor x, int dim) {
    return Activations.glu(x, dim);
  }

  /** exp(-x) / sum(exp(-x)) along a dim, which may count from the end. */
  public static Tensor softmin(Tensor x, int dim) {
    return softmax(x.neg(), dim);
  }

  /** In training, zeroes elements with probability p and scales the others by 1 / (1 - p). */
  public static Tensor dropout(Tensor x, double p, boolean training) {
    Arguments.requireProbability("dropout", p);
    return training ? Activations.dropped(x, p) : x;
  }
}
