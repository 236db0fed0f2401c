package dev.sardonyx.api.nn;

/** x above threshold, else value, for each element. Source: torch.nn.Threshold. */
public final class Threshold extends Activation {

  /** With inplace false. */
  public Threshold(Number threshold, Number value) {
    this(threshold, value, false);
  }

  /** With inplace given. */
  public Threshold(Number threshold, Number value, boolean inplace) {
    super(
        "Threshold",
        withInplace(
            "threshold=" + PythonText.of(threshold) + ", value=" + PythonText.of(value), inplace),
        x -> Functional.threshold(x, threshold.doubleValue(), value.doubleValue()));
  }
}
