package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Packed right operands of products as sums of numbers of bfloat16, beside the same in float32: for
 * kernels that multiply such numbers faster. With three parts each sum is the float itself, with
 * two nearly so, with one it is the float rounded. How they lie is the kernels' affair.
 *
 * @param parts how many numbers each float has become; 0 where there are none
 * @param values all of them
 */
public record SplitPanels(int parts, MemorySegment values) {

  /** No parts. */
  public static final SplitPanels NONE = new SplitPanels(0, MemorySegment.NULL);

  /** Numbers of which the sum is the float. */
  public static final int WHOLE = 3;

  /** Whether there are any. */
  public boolean isThere() {
    return parts > 0;
  }

  /** The parts of some of the matrices, which are k x n each. */
  SplitPanels matrices(long first, int count, int k, int n, Kernels kernels) {
    if (!isThere()) {
      return this;
    }
    long bytes = kernels.splitBytes(k, n, parts);
    return new SplitPanels(parts, values.asSlice(first * bytes, count * bytes));
  }

  /** The same, which nobody can write. */
  SplitPanels asReadOnly() {
    return isThere() ? new SplitPanels(parts, values.asReadOnly()) : this;
  }
}
