package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.type.DType;

/**
 * The part of {@link Tensor} that computes with two tensors, or with a tensor and a number: types
 * are promoted as PyTorch does, so int64 with 0.5 gives float32. Numbers are {@code 2}, {@code 2L},
 * {@code 0.5} or {@code 0.5f}.
 */
sealed interface Arithmetic permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** The sum, elementwise; of two bool tensors whether one is true. */
  default Tensor add(Tensor other) {
    boolean logical = Promotion.result(self(), other) == DType.BOOL;
    return Promotion.apply(logical ? new PredicateOp.Or() : new BinaryOp.Add(), self(), other);
  }

  /** The sum with a number. */
  default Tensor add(Number number) {
    return add(Promotion.operand(self(), number));
  }

  /** The difference, elementwise. Errors: DTYPE for two bool tensors. */
  default Tensor sub(Tensor other) {
    return Promotion.apply(new BinaryOp.Sub(), self(), other);
  }

  /** The difference with a number. */
  default Tensor sub(Number number) {
    return sub(Promotion.operand(self(), number));
  }

  /** A number less each element. */
  default Tensor rsub(Number number) {
    return Promotion.operand(self(), number).sub(self());
  }

  /** The product, elementwise; of two bool tensors whether both are true. */
  default Tensor mul(Tensor other) {
    boolean logical = Promotion.result(self(), other) == DType.BOOL;
    return Promotion.apply(logical ? new PredicateOp.And() : new BinaryOp.Mul(), self(), other);
  }

  /** The product with a number. */
  default Tensor mul(Number number) {
    return mul(Promotion.operand(self(), number));
  }

  /** The quotient, elementwise; of integers as float32. */
  default Tensor div(Tensor other) {
    DType dtype = Promotion.result(self(), other);
    DType quotient = dtype.isFloat() ? dtype : DType.FLOAT32;
    return Operations.apply(new BinaryOp.Div(), self().to(quotient), other.to(quotient));
  }

  /** The quotient with a number. */
  default Tensor div(Number number) {
    return div(Promotion.operand(self(), number));
  }

  /** Each element to the power of another's. */
  default Tensor pow(Tensor exponent) {
    return Promotion.apply(new BinaryOp.Pow(), self(), exponent);
  }

  /** Each element to a power. */
  default Tensor pow(Number exponent) {
    return pow(Promotion.operand(self(), exponent));
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
