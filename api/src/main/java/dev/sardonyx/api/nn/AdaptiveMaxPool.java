package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/**
 * The largest elements of as many windows as the output is to have. Spatial dims must be known,
 * unless the output is 1 on all axes. Source: torch.nn.modules.pooling._AdaptiveMaxPoolNd.
 */
public abstract sealed class AdaptiveMaxPool implements UnaryModule
    permits AdaptiveMaxPool1d, AdaptiveMaxPool2d, AdaptiveMaxPool3d {
  private final String name;
  private final int rank;
  private final IntTuple outputSize;

  AdaptiveMaxPool(String name, int rank, IntTuple outputSize) {
    AdaptivePooling.requireSize(name, outputSize, rank);
    this.name = name;
    this.rank = rank;
    this.outputSize = outputSize;
  }

  /** The pooled input. Errors: SHAPE for another rank or spatial dims that are not known. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this, x, tensor -> AdaptivePooling.max(name, tensor, outputSize, rank));
  }

  /** PyTorch's return_indices=True: the pooled input and where it comes from. Errors: as above. */
  public MaxPool.WithIndices forwardWithIndices(Tensor x) {
    List<Tensor> both =
        Operations.inModule(
            this,
            List.of(x),
            () -> {
              var pooled = AdaptivePooling.maxWithIndices(name, x, outputSize, rank);
              return List.of(pooled.output(), pooled.indices());
            });
    return new MaxPool.WithIndices(both.getFirst(), both.getLast());
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
