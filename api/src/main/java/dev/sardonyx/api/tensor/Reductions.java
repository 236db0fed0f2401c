package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.ReductionOp;
import java.util.Arrays;

/** The part of {@link Tensor} that reduces axes. */
sealed interface Reductions permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** The mean over axes. Source: torch.mean. */
  default Tensor mean(boolean keepdim, int... axes) {
    long[] list = Arrays.stream(axes).asLongStream().toArray();
    return Operations.apply(
        new ReductionOp.Reduce(ReductionOp.Reduction.MEAN, keepdim),
        self(),
        Tensor.of(list, list.length));
  }
}
