package dev.sardonyx.api.nn;

/**
 * A size along height and width. Whether it was given as one number or as two is kept, because
 * PyTorch prints what it was given.
 */
public record IntPair(int height, int width, boolean single) {
  public IntPair {
    Arguments.require(
        !single || height == width,
        "IntPair",
        "a single size",
        "the same along both axes",
        height + " and " + width);
  }

  /** The same size along both axes; prints as {@code 2}. */
  public static IntPair of(int both) {
    return new IntPair(both, both, true);
  }

  /** A size for each axis; prints as {@code (2, 3)}. */
  public static IntPair of(int height, int width) {
    return new IntPair(height, width, false);
  }

  /** The same written as two numbers. */
  IntPair asTuple() {
    return of(height, width);
  }

  /** Whether both sizes are this number. */
  boolean isBoth(int number) {
    return height == number && width == number;
  }

  @Override
  public String toString() {
    return single ? "" + height : "(" + height + ", " + width + ")";
  }
}
