package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.type.DType;

/**
 * The part of {@link Tensor} that compares elements and chooses between them. Types are promoted as
 * in {@link Arithmetic}; answers are bool.
 */
sealed interface Comparisons permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** Whether elements are equal. */
  default Tensor eq(Tensor other) {
    return Promotion.apply(new PredicateOp.Equal(), self(), other);
  }

  /** Whether elements are a number. */
  default Tensor eq(Number number) {
    return eq(Promotion.operand(self(), number));
  }

  /** Whether elements differ. */
  default Tensor ne(Tensor other) {
    return eq(other).logicalNot();
  }

  /** Whether elements differ from a number. */
  default Tensor ne(Number number) {
    return eq(number).logicalNot();
  }

  /** Whether elements are below another's. */
  default Tensor lt(Tensor other) {
    return Promotion.apply(
        new PredicateOp.Less(), Promotion.numeric(self()), Promotion.numeric(other));
  }

  /** Whether elements are below a number. */
  default Tensor lt(Number number) {
    return lt(Promotion.operand(self(), number));
  }

  /** Whether elements are at most another's. */
  default Tensor le(Tensor other) {
    return Promotion.apply(
        new PredicateOp.LessOrEqual(), Promotion.numeric(self()), Promotion.numeric(other));
  }

  /** Whether elements are at most a number. */
  default Tensor le(Number number) {
    return le(Promotion.operand(self(), number));
  }

  /** Whether elements are above another's. */
  default Tensor gt(Tensor other) {
    return Promotion.apply(
        new PredicateOp.Greater(), Promotion.numeric(self()), Promotion.numeric(other));
  }

  /** Whether elements are above a number. */
  default Tensor gt(Number number) {
    return gt(Promotion.operand(self(), number));
  }

  /** Whether elements are at least another's. */
  default Tensor ge(Tensor other) {
    return Promotion.apply(
        new PredicateOp.GreaterOrEqual(), Promotion.numeric(self()), Promotion.numeric(other));
  }

  /** Whether elements are at least a number. */
  default Tensor ge(Number number) {
    return ge(Promotion.operand(self(), number));
  }

  /** Whether both are not 0. */
  default Tensor logicalAnd(Tensor other) {
    return Operations.apply(new PredicateOp.And(), self().to(DType.BOOL), other.to(DType.BOOL));
  }

  /** Whether one of both is not 0. */
  default Tensor logicalOr(Tensor other) {
    return Operations.apply(new PredicateOp.Or(), self().to(DType.BOOL), other.to(DType.BOOL));
  }

  /** Whether exactly one of both is not 0. */
  default Tensor logicalXor(Tensor other) {
    return Operations.apply(new PredicateOp.Xor(), self().to(DType.BOOL), other.to(DType.BOOL));
  }

  /** Whether elements are 0 or false. */
  default Tensor logicalNot() {
    return Operations.apply(new PredicateOp.Not(), self().to(DType.BOOL));
  }

  /** Whether elements are NaN. */
  default Tensor isnan() {
    return Operations.apply(new PredicateOp.IsNaN(), Promotion.floating(self()));
  }

  /** Whether elements are infinite. */
  default Tensor isinf() {
    return Operations.apply(new PredicateOp.IsInf(true, true), Promotion.floating(self()));
  }

  /** The larger of two elements; NaN where one is NaN. */
  default Tensor maximum(Tensor other) {
    return Promotion.apply(new VariadicOp.Max(), self(), other);
  }

  /** The smaller of two elements; NaN where one is NaN. */
  default Tensor minimum(Tensor other) {
    return Promotion.apply(new VariadicOp.Min(), self(), other);
  }

  /** Elements raised to min and lowered to max, which wins where they cross. */
  default Tensor clamp(Number min, Number max) {
    Tensor low = Promotion.operand(self(), min);
    Tensor high = Promotion.operand(self(), max);
    DType dtype = Promotion.larger(low.dtype(), high.dtype());
    return Operations.apply(new Clip(), self().to(dtype), low.to(dtype), high.to(dtype));
  }

  /** Elements raised to min. Source: torch.clamp_min. */
  default Tensor clampMin(Number min) {
    return maximum(Promotion.operand(self(), min));
  }

  /** Elements lowered to max. Source: torch.clamp_max. */
  default Tensor clampMax(Number max) {
    return minimum(Promotion.operand(self(), max));
  }

  /** These elements where a condition holds, else the other's; all broadcast. */
  default Tensor where(Tensor condition, Tensor other) {
    DType dtype = Promotion.result(self(), other);
    return Operations.apply(new Where(), condition, self().to(dtype), other.to(dtype));
  }

  /** The same with a number where the condition does not hold. */
  default Tensor where(Tensor condition, Number other) {
    return where(condition, Promotion.operand(self(), other));
  }

  /** These elements, and a number where a mask is true. */
  default Tensor maskedFill(Tensor mask, Number value) {
    Tensor number = Promotion.scalar(self().dtype(), value);
    return Operations.apply(new Where(), mask, number, self());
  }
}
