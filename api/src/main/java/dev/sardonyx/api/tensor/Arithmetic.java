package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;

/** The part of {@link Tensor} that computes elements and products. */
sealed interface Arithmetic permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** The sum, elementwise. */
  default Tensor add(Tensor other) {
    return Operations.apply(new BinaryOp.Add(), self(), other);
  }

  /** The sum with a number. */
  default Tensor add(double number) {
    return add(Reshaping.number(self(), number));
  }

  /** The difference, elementwise. */
  default Tensor sub(Tensor other) {
    return Operations.apply(new BinaryOp.Sub(), self(), other);
  }

  /** The difference with a number. */
  default Tensor sub(double number) {
    return sub(Reshaping.number(self(), number));
  }

  /** The product, elementwise. */
  default Tensor mul(Tensor other) {
    return Operations.apply(new BinaryOp.Mul(), self(), other);
  }

  /** The product with a number. */
  default Tensor mul(double number) {
    return mul(Reshaping.number(self(), number));
  }

  /**
   * The quotient, elementwise. Errors: DTYPE for integers, whose quotients are floats in PyTorch.
   */
  default Tensor div(Tensor other) {
    Reshaping.requireFloatQuotient(self());
    return Operations.apply(new BinaryOp.Div(), self(), other);
  }

  /** The quotient with a number. Errors: as above. */
  default Tensor div(double number) {
    Reshaping.requireFloatQuotient(self());
    return div(Reshaping.number(self(), number));
  }

  /** Each element negated. */
  default Tensor neg() {
    return Operations.apply(new UnaryOp.Neg(), self());
  }

  /** The exponential of each element. */
  default Tensor exp() {
    return Operations.apply(new UnaryOp.Exp(), self());
  }

  /** The natural logarithm of each element. */
  default Tensor log() {
    return Operations.apply(new UnaryOp.Log(), self());
  }

  /** The square root of each element. */
  default Tensor sqrt() {
    return Operations.apply(new UnaryOp.Sqrt(), self());
  }

  /**
   * The elements in another type: floats are cut towards zero on the way to integers, what is not 0
   * is true.
   */
  default Tensor to(DType dtype) {
    return self().dtype() == dtype ? self() : Operations.apply(new Cast(dtype), self());
  }

  /** The matrix product, as torch.matmul: leading dims broadcast, vectors are rows or columns. */
  default Tensor matmul(Tensor other) {
    return Operations.apply(new MatMul(), self(), other);
  }
}
