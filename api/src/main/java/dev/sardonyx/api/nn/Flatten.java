package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;

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
    return Operations.inModule(this, x, this::flattened);
  }

  private Tensor flattened(Tensor x) {
    boolean start = x.shape().isKnown() && (startDim < -x.rank() || startDim >= x.rank());
    Map<String, String> arguments = Map.of("Axis", start ? "startDim" : "endDim");
    return Arguments.owned("Flatten", arguments, () -> Functional.flatten(x, startDim, endDim));
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
