package dev.sardonyx.api.nn;

/** Padding with one value over 3 spatial dims. Source: torch.nn.ConstantPad3d. */
public final class ConstantPad3d extends ConstantPad {

  /** One number for all sides, and a whole value, which prints as such. */
  public ConstantPad3d(int padding, int value) {
    super(3, value, Integer.toString(value), padding);
  }

  /** One number for all sides. */
  public ConstantPad3d(int padding, double value) {
    super(3, value, PythonText.of(value), padding);
  }

  /**
   * 1 number for all sides, or 6 numbers: left, right, top, bottom, front, back. Errors: ARGUMENT.
   */
  public ConstantPad3d(int[] padding, double value) {
    super(3, value, PythonText.of(value), padding);
  }
}
