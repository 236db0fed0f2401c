package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;

/**
 * What distinguishes the pieces of code for windows of three by three.
 *
 * @param stride 1 or 2 along the width
 * @param residual whether something is added at the places of y
 * @param ending what comes last
 */
record NineShape(int stride, boolean residual, Ending ending) {
  /** How many numbers there are. */
  static final int COUNT = 2 * 2 * Ending.COUNT;

  /** A number for each shape. */
  int number() {
    return number(stride, residual, ending);
  }

  /** The same without an object made for it. */
  static int number(int stride, boolean residual, Ending ending) {
    return ((stride - 1) * 2 + (residual ? 1 : 0)) * Ending.COUNT + ending.ordinal();
  }

  /** The shape of a number. */
  static NineShape of(int number) {
    int rest = number / Ending.COUNT;
    return new NineShape(rest / 2 + 1, rest % 2 == 1, Ending.values()[number % Ending.COUNT]);
  }

  /** For people. */
  @Override
  public String toString() {
    return "3x3 windows, stride " + stride + ending.after(false, residual);
  }
}
