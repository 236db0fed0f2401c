package dev.sardonyx.runtime.machine.assembler;

/**
 * A vector register as an operand, perhaps with a mask.
 *
 * @param number 0 to 31; from 16 on AVX-512 alone has them
 * @param bytes 16 (xmm), 32 (ymm) or 64 (zmm)
 * @param mask the mask register of a destination, 0 for none
 * @param zeroing whether lanes outside the mask become zero; else they stay
 */
public record Vec(int number, int bytes, int mask, boolean zeroing) implements Source {

  /** Checks the ranges. */
  public Vec {
    if (number < 0 || number > 31 || bytes != 16 && bytes != 32 && bytes != 64) {
      throw new IllegalArgumentException("no such register: " + number + " of " + bytes);
    }
    if (mask < 0 || mask > 7 || zeroing && mask == 0) {
      throw new IllegalArgumentException("no such mask: " + mask + ", zeroing " + zeroing);
    }
  }

  /** A register of 512 bits. */
  public static Vec zmm(int number) {
    return new Vec(number, 64, 0, false);
  }

  /** A register of 256 bits. */
  public static Vec ymm(int number) {
    return new Vec(number, 32, 0, false);
  }

  /** A register of 128 bits. */
  public static Vec xmm(int number) {
    return new Vec(number, 16, 0, false);
  }

  /** As a destination whose lanes outside the mask stay as they are. */
  public Vec masked(Mask by) {
    return new Vec(number, bytes, by.number(), false);
  }

  /** As a destination whose lanes outside the mask become zero. */
  public Vec zeroed(Mask by) {
    return new Vec(number, bytes, by.number(), by.number() != 0);
  }

  /** The part of the same register that has so many bytes. */
  public Vec of(int size) {
    return new Vec(number, size, mask, zeroing);
  }

  @Override
  public String toString() {
    String name = (bytes == 64 ? "zmm" : bytes == 32 ? "ymm" : "xmm") + number;
    return name + (mask == 0 ? "" : "{k" + mask + "}") + (zeroing ? "{z}" : "");
  }
}
