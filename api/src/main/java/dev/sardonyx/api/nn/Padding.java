package dev.sardonyx.api.nn;

import java.util.Locale;

/** What is put around the input of a convolution: numbers, or PyTorch's 'same' and 'valid'. */
public sealed interface Padding {

  /**
   * So much that the output is as large as the input; an odd rest goes to the end. Only with stride
   * 1.
   */
  Padding SAME = Automatic.SAME;

  /** None. */
  Padding VALID = Automatic.VALID;

  /** As much on both sides of each axis. */
  static Padding of(int... numbers) {
    return new Explicit(IntTuple.of(numbers));
  }

  /** Given as numbers. */
  record Explicit(IntTuple numbers) implements Padding {
    @Override
    public String toString() {
      return numbers.toString();
    }
  }

  /** Given by its name. */
  enum Automatic implements Padding {
    SAME,
    VALID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
