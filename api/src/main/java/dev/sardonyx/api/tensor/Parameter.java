package dev.sardonyx.api.tensor;

/** A learned tensor of a module. Source: torch.nn.Parameter. */
public final class Parameter extends Variable {

  /** A variable of this value and, for ever, of this type. */
  public Parameter(Tensor value) {
    super(value);
  }
}
