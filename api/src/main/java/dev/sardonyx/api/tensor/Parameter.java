package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;

/** A learned tensor of a module. Source: torch.nn.Parameter. */
public final class Parameter extends Variable {
  private volatile boolean requiresGrad;

  /** A variable of this value, trainable where its elements are floating-point numbers. */
  public Parameter(Tensor value) {
    super(value);
    requiresGrad = value.dtype().isFloat();
  }

  /** The same, trainable or frozen. Errors: ARGUMENT for trainable integers. */
  public Parameter(Tensor value, boolean requiresGrad) {
    super(value);
    requiresGrad(requiresGrad);
  }

  /** Whether training would change it. */
  public boolean requiresGrad() {
    return requiresGrad;
  }

  /** Marks it as trainable or frozen. Errors: ARGUMENT for trainable integers. */
  public void requiresGrad(boolean trainable) {
    if (trainable && !dtype().isFloat()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "only floating-point parameters can be trained, this is " + type());
    }
    requiresGrad = trainable;
  }
}
