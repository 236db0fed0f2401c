package dev.sardonyx.api.nn;

/** log(softmax(x)) along a dim. Source: torch.nn.LogSoftmax. */
public final class LogSoftmax extends Activation {

  /** Along a dim, which may count from the end. */
  public LogSoftmax(int dim) {
    super("LogSoftmax", "dim=" + dim, x -> Functional.logSoftmax(x, dim));
  }
}
