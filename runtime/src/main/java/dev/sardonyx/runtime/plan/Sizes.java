package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.kernel.Kernels;

/** Exact arithmetic on sizes. */
final class Sizes {
  private Sizes() {}

  /** A size as kernels take it. Errors: LIMIT beyond 32 bits. */
  static int narrow(long size) {
    if (size != (int) size) {
      throw new SardonyxException(ErrorCode.LIMIT, "a size exceeds 32 bits: " + size);
    }
    return (int) size;
  }

  /**
   * The length of a table on the heap, which is where small things are kept: it must not be what
   * fills it. Errors: LIMIT where so many entries could.
   */
  static int entries(long count) {
    long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 32);
    if (count > most) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "a table of " + count + " entries is needed, the heap has room for " + most);
    }
    return (int) count;
  }

  /** The product of the sizes in a range of axes. Errors: LIMIT beyond 64 bits. */
  static long product(long[] sizes, int from, int to) {
    long result = 1;
    for (int axis = from; axis < to; axis++) {
      result = multiply(result, sizes[axis]);
    }
    return result;
  }

  static long product(long[] sizes) {
    return product(sizes, 0, sizes.length);
  }

  static long multiply(long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException overflow) {
      throw tooLarge(overflow);
    }
  }

  static long add(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException overflow) {
      throw tooLarge(overflow);
    }
  }

  /** The bytes of elements as kernels have them. */
  static long bytes(long elements, Kernels kernels) {
    return multiply(elements, kernels.elementBytes());
  }

  private static SardonyxException tooLarge(ArithmeticException overflow) {
    return new SardonyxException(ErrorCode.LIMIT, "a size exceeds 64 bits", overflow);
  }
}
