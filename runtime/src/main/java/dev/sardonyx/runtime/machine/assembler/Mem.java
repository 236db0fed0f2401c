package dev.sardonyx.runtime.machine.assembler;

import org.jspecify.annotations.Nullable;

/**
 * Memory as an operand: {@code [base + index * scale + displacement]}.
 *
 * @param scale 1, 2, 4 or 8
 * @param mask the mask register of a store, 0 for none
 * @param broadcast whether one element is read and given to all lanes
 */
public record Mem(
    Gp base, @Nullable Gp index, int scale, int displacement, int mask, boolean broadcast)
    implements Source {

  /** Checks what can be encoded. */
  public Mem {
    if (index == Gp.RSP || scale < 1 || Integer.bitCount(scale) != 1 || scale > 8) {
      throw new IllegalArgumentException("no such address: index " + index + ", scale " + scale);
    }
  }

  /** At a register. */
  public static Mem at(Gp base) {
    return new Mem(base, null, 1, 0, 0, false);
  }

  /** Some bytes behind a register. */
  public static Mem at(Gp base, int displacement) {
    return new Mem(base, null, 1, displacement, 0, false);
  }

  /** At a register with another one, scaled. */
  public static Mem at(Gp base, Gp index, int scale) {
    return new Mem(base, index, scale, 0, 0, false);
  }

  /** At a register with another one, scaled, and some bytes. */
  public static Mem at(Gp base, Gp index, int scale, int displacement) {
    return new Mem(base, index, scale, displacement, 0, false);
  }

  /** Some bytes further. */
  public Mem plus(int bytes) {
    int sum = Math.addExact(displacement, bytes);
    return new Mem(base, index, scale, sum, mask, broadcast);
  }

  /** As a destination of which lanes outside the mask are not written. */
  public Mem masked(Mask by) {
    return new Mem(base, index, scale, displacement, by.number(), broadcast);
  }

  /** One element for all lanes. */
  public Mem toAll() {
    return new Mem(base, index, scale, displacement, mask, true);
  }

  /** Itself, as an operand that has neither mask nor broadcast. */
  Mem plain() {
    if (mask != 0 || broadcast) {
      throw new IllegalArgumentException("no mask and no broadcast here: " + this);
    }
    return this;
  }

  /** As it is written where one element is given to all lanes of a vector. */
  String text(String lanes) {
    String text = "[" + base + (index == null ? "" : "+" + index + "*" + scale);
    String offset = displacement == 0 ? "" : (displacement < 0 ? "-" : "+");
    offset += displacement == 0 ? "" : "0x" + Integer.toHexString(Math.abs(displacement));
    return text + offset + "]" + (broadcast ? lanes : "") + (mask == 0 ? "" : "{k" + mask + "}");
  }

  @Override
  public String toString() {
    return text("{1to}");
  }
}
