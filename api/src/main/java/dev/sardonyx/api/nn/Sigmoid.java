package dev.sardonyx.api.nn;

/** 1 / (1 + exp(-x)) for each element. Source: torch.nn.Sigmoid. */
public final class Sigmoid extends Activation {

  /** The layer. */
  public Sigmoid() {
    super("Sigmoid", "", Functional::sigmoid);
  }
}
