package dev.sardonyx.onnx;

/**
 * How a model is exported.
 *
 * @param opset the operator set to write, 7 to 27
 * @param weightsBeside whether the data of weights goes to a file beside, named after the model's
 *     with {@code .data} at the end; it does so in any case where one file would exceed 2 GiB
 */
public record ExportOptions(int opset, boolean weightsBeside) {
  /** Weights stand in the model's file where they fit. */
  public ExportOptions(int opset) {
    this(opset, false);
  }

  /** Opset 21. */
  public static ExportOptions defaults() {
    return new ExportOptions(Onnx.DEFAULT_OPSET);
  }
}
