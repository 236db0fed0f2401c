package dev.sardonyx.api.nn;

/** exp(-x) / sum(exp(-x)) along a dim. Source: torch.nn.Softmin. */
public final class Softmin extends Activation {

  /** Along a dim, which may count from the end. */
  public Softmin(int dim) {
    super("Softmin", "dim=" + dim, x -> Functional.softmin(x, dim));
  }
}
