package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** How PyTorch's reductions are said in ONNX's operators. */
final class Reducing {
  private Reducing() {}

  static Tensor reduce(Reduction reduction, Tensor x, boolean keepdim, int... dims) {
    var op = new ReductionOp.Reduce(reduction, keepdim);
    long[] axes = Arrays.stream(dims).asLongStream().toArray();
    return dims.length == 0 || isOfScalar(x, dims)
        ? Operations.apply(op, x)
        : Operations.apply(op, x, Tensor.of(axes, axes.length));
  }

  /** Whether the dims are those that PyTorch grants a scalar, 0 or -1; ONNX grants none. */
  private static boolean isOfScalar(Tensor x, int... dims) {
    return x.shape().isKnown()
        && x.rank() == 0
        && dims.length == 1
        && (dims[0] == 0 || dims[0] == -1);
  }

  /** What an operator computes along one dim, and of a scalar as of a vector of one element. */
  static Tensor along(Tensor x, int dim, UnaryOperator<Tensor> operator) {
    return isOfScalar(x, dim) ? operator.apply(x.reshape(1)).reshape() : operator.apply(x);
  }

  /** PyTorch adds and multiplies integers and bool in 64 bits. */
  static Tensor wide(Tensor x) {
    return x.dtype().isFloat() ? x : x.to(DType.INT64);
  }

  static Tensor mean(Tensor x, boolean keepdim, int... dims) {
    if (!x.dtype().isFloat()) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          "mean: expected a float tensor, found " + x.type() + "; cast it first",
          Mismatch.of("DType", "mean", "a float type", x.dtype()).withType(x.type()));
    }
    return reduce(Reduction.MEAN, x, keepdim, dims);
  }

  static Tensor variance(Tensor x, boolean unbiased, boolean keepdim, int... dims) {
    int[] all = dims.length == 0 ? IntStream.range(0, x.rank()).toArray() : dims;
    Dim count = Arrays.stream(all).mapToObj(x::size).reduce(Dim.of(1), Dim::times);
    Tensor deviation = x.sub(mean(x, true, all));
    Tensor squares = deviation.mul(deviation);
    if (!unbiased) {
      return reduce(Reduction.MEAN, squares, keepdim, all);
    }
    Tensor sum = reduce(Reduction.SUM, squares, keepdim, all);
    return count.isFixed()
        ? sum.div(Math.max(0, count.fixed() - 1))
        : sum.div(DimTensors.scalar(count.plus(-1), x).to(x.dtype()));
  }

  /** Source: torch.norm, whose 0 counts what is not 0. */
  static Tensor norm(Tensor x, double p, boolean keepdim, int... dims) {
    if (p == 0) {
      return reduce(Reduction.SUM, x.ne(0).to(x.dtype()), keepdim, dims);
    }
    if (p == 1) {
      return reduce(Reduction.L1, x, keepdim, dims);
    } else if (p == 2) {
      return reduce(Reduction.L2, x, keepdim, dims);
    } else if (Double.isInfinite(p)) {
      Tensor sizes = x.abs();
      return reduce(p > 0 ? Reduction.MAX : Reduction.MIN, sizes, keepdim, dims);
    }
    return reduce(Reduction.SUM, x.abs().pow(p), keepdim, dims).pow(1 / p);
  }
}
