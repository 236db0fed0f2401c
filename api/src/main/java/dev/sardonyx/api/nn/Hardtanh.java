package dev.sardonyx.api.nn;

/** min(max(x, minVal), maxVal) for each element. Source: torch.nn.Hardtanh. */
public final class Hardtanh extends Activation {

  /** With minVal -1.0, maxVal 1.0. */
  public Hardtanh() {
    this(-1.0, 1.0);
  }

  /** With inplace false. */
  public Hardtanh(Number minVal, Number maxVal) {
    this(minVal, maxVal, false);
  }

  /** With inplace given. */
  public Hardtanh(Number minVal, Number maxVal, boolean inplace) {
    super(
        "Hardtanh",
        withInplace(
            "min_val=" + PythonText.of(minVal) + ", max_val=" + PythonText.of(maxVal), inplace),
        x -> Functional.hardtanh(x, minVal.doubleValue(), maxVal.doubleValue()));
  }
}
