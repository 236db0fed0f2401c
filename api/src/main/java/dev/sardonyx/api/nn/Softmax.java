package dev.sardonyx.api.nn;

/** exp(x) / sum(exp(x)) along a dim. Source: torch.nn.Softmax. */
public final class Softmax extends Activation {

  /** Along a dim, which may count from the end. */
  public Softmax(int dim) {
    super("Softmax", "dim=" + dim, x -> Functional.softmax(x, dim));
  }
}
