package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The left operand of an {@link IntegerProduct}: numbers of 8 bits without a sign. The row of a
 * pixel of a line is {@code runs} runs of {@code runBytes}, the first at {@code offset + line *
 * linePitch + pixel * pixelPitch}, the others {@code runPitch} apart: windows over pictures whose
 * channels are last, or rows of a matrix. All in bytes.
 *
 * @param runBytes a multiple of {@link IntegerPanels#GROUP}; what goes with weights of zero may be
 *     anything, but must be there
 */
public record IntegerRows(
    MemorySegment x,
    long offset,
    long linePitch,
    long pixelPitch,
    int runs,
    long runPitch,
    int runBytes) {
  /**
   * Checks the size of runs.
   *
   * @throws IllegalArgumentException if it is no multiple of {@link IntegerPanels#GROUP}
   */
  public IntegerRows {
    if (runBytes % IntegerPanels.GROUP != 0) {
      throw new IllegalArgumentException(
          "a run must have a multiple of %d bytes (was %d)"
              .formatted(IntegerPanels.GROUP, runBytes));
    }
  }

  /** The number of products in a sum, those with zeros included. */
  public int k() {
    return Math.multiplyExact(runs, runBytes);
  }

  /** Where the row of a pixel begins. */
  public long at(int line, int pixel) {
    return offset + line * linePitch + pixel * pixelPitch;
  }
}
