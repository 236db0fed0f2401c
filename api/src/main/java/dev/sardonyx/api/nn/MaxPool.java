package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** The largest element of each window over one to three axes. Source: torch.nn.modules.pooling. */
public abstract sealed class MaxPool implements UnaryModule
    permits MaxPool1d, MaxPool2d, MaxPool3d {
  private final String name;
  private final int rank;
  private final IntTuple kernelSize;
  private final MaxPoolOptions options;

  /** The largest elements, and the place of each in its plane of the input: int64. */
  public record WithIndices(Tensor output, Tensor indices) {}

  MaxPool(String name, int rank, IntTuple kernelSize, MaxPoolOptions options) {
    this.name = name;
    this.rank = rank;
    this.kernelSize = kernelSize;
    this.options = options.checked(name, kernelSize, rank);
  }

  /** The pooled input. Errors: SHAPE for another rank, or where the window exceeds the input. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this, x, tensor -> Pooling.max(name, tensor, kernelSize, options, rank));
  }

  /** PyTorch's return_indices=True: the pooled input and where it comes from. Errors: as above. */
  public WithIndices forwardWithIndices(Tensor x) {
    List<Tensor> both =
        Operations.inModule(
            this,
            List.of(x),
            () -> {
              var pooled = Pooling.maxWithIndices(name, x, kernelSize, options, rank);
              return List.of(pooled.output(), pooled.indices());
            });
    return new WithIndices(both.getFirst(), both.getLast());
  }

  @Override
  public Structure structure() {
    return Structure.of(name);
  }

  @Override
  public String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            kernelSize,
            options.stride().orElse(kernelSize),
            options.padding(),
            options.dilation(),
            PythonText.of(options.ceilMode()));
  }
}
