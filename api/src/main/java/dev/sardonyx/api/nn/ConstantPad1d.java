package dev.sardonyx.api.nn;

/** Padding with one value over 1 spatial dim. Source: torch.nn.ConstantPad1d. */
public final class ConstantPad1d extends ConstantPad {

  /** One number for all sides, and a whole value, which prints as such. */
  public ConstantPad1d(int padding, int value) {
    super(1, value, Integer.toString(value), padding);
  }

  /** One number for all sides. */
  public ConstantPad1d(int padding, double value) {
    super(1, value, PythonText.of(value), padding);
  }

  /** 1 number for all sides, or 2 numbers, before and after. Errors: ARGUMENT. */
  public ConstantPad1d(int[] padding, double value) {
    super(1, value, PythonText.of(value), padding);
  }
}
