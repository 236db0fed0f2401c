package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;

/**
 * What distinguishes the pieces of code that make outputs of Winograd's convolutions.
 *
 * @param size 2 or 4
 * @param bias whether there is one
 * @param residual whether something is added at the places of y
 * @param ending what comes last
 */
record WinogradShape(int size, boolean bias, boolean residual, Ending ending) {

  /** How many numbers there are. */
  static final int COUNT = 8 * Ending.COUNT;

  /** A number for each shape; no object is made for it. */
  static int number(int size, boolean bias, boolean residual, Ending ending) {
    int flags = (size == 4 ? 4 : 0) + (bias ? 2 : 0) + (residual ? 1 : 0);
    return flags * Ending.COUNT + ending.ordinal();
  }

  /** The shape of a number. */
  static WinogradShape of(int number) {
    int flags = number / Ending.COUNT;
    return new WinogradShape(
        (flags & 4) == 0 ? 2 : 4,
        (flags & 2) != 0,
        (flags & 1) != 0,
        Ending.values()[number % Ending.COUNT]);
  }

  /** For people. */
  @Override
  public String toString() {
    return "Winograd " + size + ending.after(bias, residual);
  }
}
