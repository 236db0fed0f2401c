package dev.sardonyx.api.nn;

/** log(sigmoid(x)) for each element. Source: torch.nn.LogSigmoid. */
public final class LogSigmoid extends Activation {

  /** The layer. */
  public LogSigmoid() {
    super("LogSigmoid", "", Functional::logsigmoid);
  }
}
