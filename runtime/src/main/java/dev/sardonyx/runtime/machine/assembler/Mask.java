package dev.sardonyx.runtime.machine.assembler;

import java.util.Objects;

/**
 * A mask register: k0 to k7. As an operand's mask k0 means none.
 *
 * @param by the number of the mask under which it is written; 0 for none
 */
public record Mask(int number, int by) {
  static final Mask NONE = new Mask(0, 0);

  /** Checks the ranges. */
  public Mask {
    Objects.checkIndex(number, 8);
    Objects.checkIndex(by, 8);
  }

  /** The mask register of a number. */
  public static Mask k(int number) {
    return new Mask(number, 0);
  }

  /** As the destination of a comparison: lanes outside the other mask become zero. */
  public Mask masked(Mask other) {
    return new Mask(number, other.number());
  }

  /** Itself, as an operand that has no mask. */
  Mask plain() {
    if (by != 0) {
      throw new IllegalArgumentException("no mask here: " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    return "k" + number + (by == 0 ? "" : "{k" + by + "}");
  }
}
