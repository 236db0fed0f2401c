package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import java.lang.foreign.MemorySegment;

/**
 * How weights of 8 bits are read, and packed with the sum of each column behind the panels: element
 * x of a run is {@code x / channels * tap + x % channels * channel} behind the run's begin.
 *
 * @param run from a run to the next; so are the others from a column, tap or channel
 * @param unsigned whether the weights have no sign, and 128 stands for zero
 */
record IntegerWeights(
    int n,
    int runs,
    int runSize,
    int channels,
    long column,
    long run,
    long tap,
    long channel,
    boolean unsigned) {

  private int runBytes() {
    return Math.ceilDiv(runSize, IntegerPanels.GROUP) * IntegerPanels.GROUP;
  }

  private int k() {
    return Math.multiplyExact(runs, runBytes());
  }

  private long panelBytes() {
    return IntegerPanels.bytes(k(), n);
  }

  /** The size of panels and sums. */
  long bytes() {
    return Sizes.add(panelBytes(), IntegerPanels.columns(n) * (long) Integer.BYTES);
  }

  IntegerPanels panels(MemorySegment packed) {
    return new IntegerPanels(packed.asSlice(0, panelBytes()), k(), n);
  }

  /** The sum of each column of each panel, int32. */
  MemorySegment sums(MemorySegment packed) {
    return packed.asSlice(panelBytes(), IntegerPanels.columns(n) * (long) Integer.BYTES);
  }

  void pack(MemorySegment weights, MemorySegment to) {
    to.fill((byte) 0);
    IntegerPanels panels = panels(to);
    MemorySegment sums = sums(to);
    int flipped = unsigned ? IntegerOperands.SIGN : 0;
    for (int j = 0; j < n; j++) {
      int sum = 0;
      for (int r = 0; r < runs; r++) {
        long from = j * column + r * run;
        for (int x = 0; x < runSize; x++) {
          long at = from + x / channels * tap + x % channels * channel;
          byte value = (byte) (weights.get(JAVA_BYTE, at) ^ flipped);
          panels.values().set(JAVA_BYTE, panels.at(r * runBytes() + x, j), value);
          sum += value;
        }
      }
      sums.set(JAVA_INT_UNALIGNED, (long) j * Integer.BYTES, sum);
    }
  }
}
