package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/**
 * In training, zeroes elements with probability p and scales the others by 1 / (1 - p); the mask
 * comes from the default generator. In evaluation gives back what it takes, and records nothing.
 * Source: torch.nn.Dropout.
 */
public final class Dropout implements UnaryModule {
  private final Number p;
  private final boolean inplace;
  private volatile boolean training;

  /** With p = 0.5. */
  public Dropout() {
    this(0.5);
  }

  /** Errors: ARGUMENT for p outside 0 to 1. */
  public Dropout(Number p) {
    this(p, false);
  }

  /** The same; inplace is taken for its place in describe() and has no other effect. */
  public Dropout(Number p, boolean inplace) {
    Arguments.requireProbability("Dropout", p.doubleValue());
    this.p = p;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this, x, tensor -> Functional.dropout(tensor, p.doubleValue(), training));
  }

  @Override
  public void onModeChange(boolean toTraining) {
    training = toTraining;
  }

  @Override
  public boolean isTraining() {
    return training;
  }

  @Override
  public Structure structure() {
    return Structure.of("Dropout");
  }

  @Override
  public String extraRepr() {
    return "p=" + PythonText.of(p) + ", inplace=" + PythonText.of(inplace);
  }
}
