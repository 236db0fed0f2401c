package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import java.util.Locale;

/**
 * What distinguishes the pieces of code for windows of any size.
 *
 * @param fold what becomes of the elements of a window
 * @param bias whether there is one
 * @param residual whether something is added at the places of y
 * @param ending what comes last
 */
record TapsShape(Fold fold, boolean bias, boolean residual, Ending ending) {

  /** What becomes of the elements of a window. */
  enum Fold {
    WEIGHTED_SUM,
    MAXIMUM,
    /** The sum, divided by a number that is given. */
    MEAN
  }

  /** How many numbers there are. */
  static final int COUNT = Fold.values().length * 4 * Ending.COUNT;

  /** A number for each shape. */
  int number() {
    return number(fold, bias, residual, ending);
  }

  /** The same without an object made for it. */
  static int number(Fold fold, boolean bias, boolean residual, Ending ending) {
    int number = fold.ordinal() * 4 + (bias ? 2 : 0) + (residual ? 1 : 0);
    return number * Ending.COUNT + ending.ordinal();
  }

  /** The shape of a number. */
  static TapsShape of(int number) {
    int rest = number / Ending.COUNT;
    return new TapsShape(
        Fold.values()[rest / 4],
        (rest & 2) != 0,
        (rest & 1) != 0,
        Ending.values()[number % Ending.COUNT]);
  }

  /** For people. */
  @Override
  public String toString() {
    return "windows by "
        + fold.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ending.after(bias, residual);
  }
}
