package dev.sardonyx.onnx.internal.opset;

/** The operator sets, first to last, in which something has the form that it has. */
public record OpsetRange(int first, int last) {
  /** The oldest operator set that is read. */
  public static final int OLDEST = 1;

  /** The oldest operator set that is written: before it, broadcasting had other rules. */
  public static final int LOWEST = 7;

  /** The newest operator set that is read or written. */
  public static final int HIGHEST = 27;

  /** Every operator set that is written. */
  public static OpsetRange all() {
    return new OpsetRange(LOWEST, HIGHEST);
  }

  /** The operator sets in both ranges; empty when the first exceeds the last. */
  public OpsetRange and(OpsetRange other) {
    return new OpsetRange(Math.max(first, other.first), Math.min(last, other.last));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return first > last;
  }

  /** Whether an operator set lies within. */
  public boolean contains(int opset) {
    return first <= opset && opset <= last;
  }

  /** The member nearest to an operator set. */
  public int nearest(int opset) {
    return Math.clamp(opset, first, last);
  }

  /** For example {@code opset 18 or later}, {@code opsets 13 to 17}. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "no opset";
    }
    if (last == HIGHEST) {
      return "opset " + first + " or later";
    }
    return first == last ? "opset " + first : "opsets " + first + " to " + last;
  }
}
