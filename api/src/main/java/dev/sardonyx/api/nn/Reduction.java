package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What a loss makes of its numbers. Source: the argument reduction of torch.nn's losses. */
public enum Reduction {
  /** Each number as it is. */
  NONE,
  /** Their mean; a loss over classes with weights divides by the sum of the weights. */
  MEAN,
  /** Their sum. */
  SUM,
  /** Their sum divided by the first dim; for KLDivLoss alone. */
  BATCHMEAN;

  /**
   * What PyTorch's deprecated arguments stand for, null where one is not given: reduce = false is
   * none, else sizeAverage = false is sum, else mean. Says in a warning what to write instead.
   */
  public static Reduction legacy(@Nullable Boolean sizeAverage, @Nullable Boolean reduce) {
    boolean reduces = !Boolean.FALSE.equals(reduce);
    Reduction meant = !reduces ? NONE : Boolean.FALSE.equals(sizeAverage) ? SUM : MEAN;
    Losses.warn(
        "size_average and reduce are deprecated, please use Reduction." + meant + " instead");
    return meant;
  }

  /** The reduced tensor. */
  Tensor of(Tensor each) {
    return switch (this) {
      case NONE -> each;
      case MEAN -> each.mean();
      case SUM -> each.sum();
      case BATCHMEAN -> batchMean(each);
    };
  }

  /** The first dim may be a symbol, so it is a mean that divides by it. */
  private static Tensor batchMean(Tensor each) {
    return each.rank() < 2 ? each.mean() : each.flatten(1).sum(1).mean();
  }

  /** Errors: ARGUMENT for the one that KLDivLoss alone knows. */
  Reduction checked(String loss) {
    Arguments.require(this != BATCHMEAN, loss, "reduction", "NONE, MEAN or SUM", this);
    return this;
  }
}
