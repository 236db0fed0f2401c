package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.UnaryOp;

/**
 * The part of {@link Tensor} that computes each element alone. Where the result is no whole number,
 * integers and bool become float32, as in PyTorch.
 */
sealed interface Functions permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** The exponential of each element. */
  default Tensor exp() {
    return Operations.apply(new UnaryOp.Exp(), Promotion.floating(self()));
  }

  /** The natural logarithm of each element. */
  default Tensor log() {
    return Operations.apply(new UnaryOp.Log(), Promotion.floating(self()));
  }

  /** The square root of each element. */
  default Tensor sqrt() {
    return Operations.apply(new UnaryOp.Sqrt(), Promotion.floating(self()));
  }

  /** 1 divided by each element. */
  default Tensor reciprocal() {
    return Operations.apply(new UnaryOp.Reciprocal(), Promotion.floating(self()));
  }

  /** The error function of each element. */
  default Tensor erf() {
    return Operations.apply(new UnaryOp.Erf(), Promotion.floating(self()));
  }

  /** The sine of each element. */
  default Tensor sin() {
    return Operations.apply(new UnaryOp.Sin(), Promotion.floating(self()));
  }

  /** The cosine of each element. */
  default Tensor cos() {
    return Operations.apply(new UnaryOp.Cos(), Promotion.floating(self()));
  }

  /** The hyperbolic tangent of each element. */
  default Tensor tanh() {
    return Operations.apply(new UnaryOp.Tanh(), Promotion.floating(self()));
  }

  /** 1 / (1 + exp(-x)) for each element. */
  default Tensor sigmoid() {
    return Operations.apply(new UnaryOp.Sigmoid(), Promotion.floating(self()));
  }

  /** 1 divided by the square root of each element. */
  default Tensor rsqrt() {
    return self().sqrt().reciprocal();
  }

  /** x * x for each element. */
  default Tensor square() {
    return self().mul(self());
  }

  /** Each element negated. Errors: DTYPE for bool and unsigned integers. */
  default Tensor neg() {
    return Operations.apply(new UnaryOp.Neg(), self());
  }

  /** The absolute value of each element. */
  default Tensor abs() {
    return Operations.apply(new UnaryOp.Abs(), self());
  }

  /** -1, 0 or 1 for each element. */
  default Tensor sign() {
    return Operations.apply(new UnaryOp.Sign(), self());
  }

  /** The greatest whole number that is not above each element. */
  default Tensor floor() {
    return self().dtype().isFloat() ? Operations.apply(new UnaryOp.Floor(), self()) : self();
  }

  /** The least whole number that is not below each element. */
  default Tensor ceil() {
    return self().dtype().isFloat() ? Operations.apply(new UnaryOp.Ceil(), self()) : self();
  }

  /** The nearest whole number, ties to even, for each element. */
  default Tensor round() {
    return self().dtype().isFloat() ? Operations.apply(new UnaryOp.Round(), self()) : self();
  }
}
