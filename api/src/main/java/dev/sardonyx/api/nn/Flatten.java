package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** The dims from start to end, both included, made one. Source: torch.nn.Flatten. */
public final class Flatten implements UnaryModule {
  private final int startDim;
  private final int endDim;

  /** All dims but the first. */
  public Flatten() {
    this(1, -1);
  }

  /** The dims from start to end, which may count from the end. */
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  /** The output. Errors: SHAPE where x has no such dims, ARGUMENT where start is after end. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, tensor -> Functional.flatten(tensor, startDim, endDim));
  }

  @Override
  public Structure structure() {
    return Structure.of("Flatten");
  }

  @Override
  public String extraRepr() {
    return "start_dim=" + startDim + ", end_dim=" + endDim;
  }
}
