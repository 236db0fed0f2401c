package dev.sardonyx.runtime.machine.assembler;

/** A mask register: k0 to k7. As an operand's mask k0 means none. */
public record Mask(int number) {
  /** The mask register of a number. */
  public static Mask k(int number) {
    return new Mask(number);
  }

  @Override
  public String toString() {
    return "k" + number;
  }
}
