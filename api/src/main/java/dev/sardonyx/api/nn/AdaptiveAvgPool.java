package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/**
 * Means over as many windows as the output is to have. Spatial dims must be known, unless the
 * output is 1 on all axes. Source: torch.nn.modules.pooling._AdaptiveAvgPoolNd.
 */
public abstract sealed class AdaptiveAvgPool implements UnaryModule
    permits AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveAvgPool3d {
  private final String name;
  private final int rank;
  private final IntTuple outputSize;

  AdaptiveAvgPool(String name, int rank, IntTuple outputSize) {
    AdaptivePooling.requireSize(name, outputSize, rank);
    this.name = name;
    this.rank = rank;
    this.outputSize = outputSize;
  }

  /** The pooled input. Errors: SHAPE for another rank or spatial dims that are not known. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this, x, tensor -> AdaptivePooling.average(name, tensor, outputSize, rank));
  }

  @Override
  public Structure structure() {
    return Structure.of(name);
  }

  @Override
  public String extraRepr() {
    return "output_size=" + outputSize;
  }
}
