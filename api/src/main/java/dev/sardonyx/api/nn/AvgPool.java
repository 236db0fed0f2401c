package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** The mean of each window over one to three axes. Source: torch.nn.modules.pooling. */
public abstract sealed class AvgPool implements UnaryModule
    permits AvgPool1d, AvgPool2d, AvgPool3d {
  private final String name;
  private final int rank;
  private final IntTuple kernelSize;
  private final AvgPoolOptions options;

  AvgPool(String name, int rank, IntTuple kernelSize, AvgPoolOptions options) {
    this.name = name;
    this.rank = rank;
    this.kernelSize = kernelSize;
    this.options = options.checked(name, kernelSize, rank);
  }

  /** The pooled input. Errors: SHAPE for another rank, or where the window exceeds the input. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this, x, tensor -> Pooling.average(name, tensor, kernelSize, options, rank));
  }

  @Override
  public Structure structure() {
    return Structure.of(name);
  }

  /** With one axis PyTorch prints tuples, whatever it was given. */
  @Override
  public String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            printed(kernelSize),
            printed(options.stride().orElse(kernelSize)),
            printed(options.padding()));
  }

  private IntTuple printed(IntTuple numbers) {
    return rank == 1 ? numbers.expanded(name, "numbers", 1) : numbers;
  }
}
