package dev.sardonyx.api.nn;

/** Padding with one value over 2 spatial dims. Source: torch.nn.ConstantPad2d. */
public final class ConstantPad2d extends ConstantPad {

  /** One number for all sides, and a whole value, which prints as such. */
  public ConstantPad2d(int padding, int value) {
    super(2, value, Integer.toString(value), padding);
  }

  /** One number for all sides. */
  public ConstantPad2d(int padding, double value) {
    super(2, value, PythonText.of(value), padding);
  }

  /** 1 number for all sides, or 4 numbers: left, right, top, bottom. Errors: ARGUMENT. */
  public ConstantPad2d(int[] padding, double value) {
    super(2, value, PythonText.of(value), padding);
  }
}
