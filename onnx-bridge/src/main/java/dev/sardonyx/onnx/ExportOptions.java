package dev.sardonyx.onnx;

/**
 * How a model is exported.
 *
 * @param opset the operator set to write, 7 to 27
 */
public record ExportOptions(int opset) {

  /** Opset 21. */
  public static ExportOptions defaults() {
    return new ExportOptions(Onnx.DEFAULT_OPSET);
  }
}
