package dev.sardonyx.api.nn;

/** Padding with one value. */
abstract sealed class ConstantPad extends PadLayer
    permits ConstantPad1d, ConstantPad2d, ConstantPad3d {
  private final String shown;

  ConstantPad(int dims, double value, String shown, int... padding) {
    super("ConstantPad" + dims + "d", dims, PadMode.CONSTANT, value, padding);
    this.shown = shown;
  }

  @Override
  public String extraRepr() {
    return "padding=" + super.extraRepr() + ", value=" + shown;
  }
}
