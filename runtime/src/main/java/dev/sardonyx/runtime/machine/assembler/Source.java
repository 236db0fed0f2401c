package dev.sardonyx.runtime.machine.assembler;

/** What the last operand of a vector instruction may be. */
public sealed interface Source permits Vec, Mem {
  /** The mask under which it is written, 0 for none. */
  int mask();

  /**
   * Itself, as what is read: a mask is the destination's.
   *
   * @throws IllegalArgumentException when it has one
   */
  default Source unmasked() {
    if (mask() != 0) {
      throw new IllegalArgumentException("a mask belongs to what is written: " + this);
    }
    return this;
  }
}
