package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.ReductionOp.Reduction;

/**
 * The part of {@link Tensor} that reduces dims: over all where none are given, keeping them as 1
 * with keepdim.
 */
sealed interface Reductions permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** The sum; that of integers and bool is int64. */
  default Tensor sum(int... dims) {
    return sum(false, dims);
  }

  /** The same. */
  default Tensor sum(boolean keepdim, int... dims) {
    return Reducing.reduce(Reduction.SUM, Reducing.wide(self()), keepdim, dims);
  }

  /** The mean. Errors: DTYPE for integers, as in PyTorch. */
  default Tensor mean(int... dims) {
    return mean(false, dims);
  }

  /** The same. */
  default Tensor mean(boolean keepdim, int... dims) {
    return Reducing.mean(self(), keepdim, dims);
  }

  /** The product. Source: torch.prod, which takes one dim or all. */
  default Tensor prod(int... dims) {
    return prod(false, dims);
  }

  /** The same. */
  default Tensor prod(boolean keepdim, int... dims) {
    return Reducing.reduce(Reduction.PROD, Reducing.wide(self()), keepdim, dims);
  }

  /** The largest elements; NaN where there is one. */
  default Tensor amax(int... dims) {
    return amax(false, dims);
  }

  /** The same. */
  default Tensor amax(boolean keepdim, int... dims) {
    return Reducing.reduce(Reduction.MAX, self(), keepdim, dims);
  }

  /** The least elements; NaN where there is one. */
  default Tensor amin(int... dims) {
    return amin(false, dims);
  }

  /** The same. */
  default Tensor amin(boolean keepdim, int... dims) {
    return Reducing.reduce(Reduction.MIN, self(), keepdim, dims);
  }

  /** The largest element of all, a scalar. */
  default Tensor max() {
    return amax();
  }

  /** The largest elements along a dim, and where the first of each stands. */
  default ValuesAndIndices max(int dim) {
    return max(false, dim);
  }

  /** The same. */
  default ValuesAndIndices max(boolean keepdim, int dim) {
    return new ValuesAndIndices(amax(keepdim, dim), argmax(keepdim, dim));
  }

  /** The least element of all, a scalar. */
  default Tensor min() {
    return amin();
  }

  /** The least elements along a dim, and where the first of each stands. */
  default ValuesAndIndices min(int dim) {
    return min(false, dim);
  }

  /** The same. */
  default ValuesAndIndices min(boolean keepdim, int dim) {
    return new ValuesAndIndices(amin(keepdim, dim), argmin(keepdim, dim));
  }

  /** The place of the largest element among all, counted row-major: an int64 scalar. */
  default Tensor argmax() {
    return self().reshape(-1).argmax(0);
  }

  /** The place of the first largest element along a dim, int64. */
  default Tensor argmax(int dim) {
    return argmax(false, dim);
  }

  /** The same. */
  default Tensor argmax(boolean keepdim, int dim) {
    var op = new ReductionOp.Arg(true, dim, keepdim, false);
    return Reducing.along(self(), dim, x -> Operations.apply(op, x));
  }

  /** The place of the least element among all, counted row-major: an int64 scalar. */
  default Tensor argmin() {
    return self().reshape(-1).argmin(0);
  }

  /** The place of the first least element along a dim, int64. */
  default Tensor argmin(int dim) {
    return argmin(false, dim);
  }

  /** The same. */
  default Tensor argmin(boolean keepdim, int dim) {
    var op = new ReductionOp.Arg(false, dim, keepdim, false);
    return Reducing.along(self(), dim, x -> Operations.apply(op, x));
  }

  /** The logarithm of the sum of exponentials, also where these overflow. */
  default Tensor logsumexp(int... dims) {
    return logsumexp(false, dims);
  }

  /** The same. */
  default Tensor logsumexp(boolean keepdim, int... dims) {
    return Reducing.reduce(Reduction.LOG_SUM_EXP, self(), keepdim, dims);
  }

  /** The variance, divided by the number of elements less 1. */
  default Tensor var(int... dims) {
    return var(true, false, dims);
  }

  /** The same, divided by the whole number where not unbiased. */
  default Tensor var(boolean unbiased, boolean keepdim, int... dims) {
    return Reducing.variance(self(), unbiased, keepdim, dims);
  }

  /** The square root of the variance. */
  default Tensor std(int... dims) {
    return std(true, false, dims);
  }

  /** The same, divided by the whole number where not unbiased. */
  default Tensor std(boolean unbiased, boolean keepdim, int... dims) {
    return var(unbiased, keepdim, dims).sqrt();
  }

  /** The root of the sum of squares. */
  default Tensor norm(int... dims) {
    return norm(2, false, dims);
  }

  /** The p-norm; infinity gives the largest size. */
  default Tensor norm(double p, boolean keepdim, int... dims) {
    return Reducing.norm(self(), p, keepdim, dims);
  }

  /** The sums of all elements up to each along a dim. */
  default Tensor cumsum(int dim) {
    var op = new ReductionOp.CumSum(false, false);
    Tensor axis = Tensor.scalar((long) dim);
    return Reducing.along(Reducing.wide(self()), dim, x -> Operations.apply(op, x, axis));
  }

  /** Exponentials that sum to 1 along a dim. */
  default Tensor softmax(int dim) {
    var op = new NormalizationOp.Softmax(dim);
    return Reducing.along(self(), dim, x -> Operations.apply(op, x));
  }

  /** The logarithm of softmax. */
  default Tensor logSoftmax(int dim) {
    var op = new NormalizationOp.LogSoftmax(dim);
    return Reducing.along(self(), dim, x -> Operations.apply(op, x));
  }
}
