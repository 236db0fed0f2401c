package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import java.util.List;

/** Sweeps of windows: some lines at a time, so that what they meet stays in the second cache. */
final class MachineWindows {
  /** Elements of x that some lines of y meet. */
  private static final long MOST_ELEMENTS = 1 << 16;

  private final Nine nine;
  private final Taps taps;
  private final Trials ofNine;
  private final Trials ofTaps;

  /**
   * Sweeps.
   *
   * @param machine calls this in trials
   */
  MachineWindows(Nine nine, Taps taps, Kernels machine) {
    this.ofNine = new Trials(new WindowTrials.OfNine(machine));
    this.ofTaps = new Trials(new WindowTrials.OfTaps(machine));
    this.nine = nine;
    this.taps = taps;
  }

  /** Whether there is code for a sweep, whose memory is off the heap. */
  static boolean takes(WindowSweep s) {
    return s.x().isNative()
        && s.y().isNative()
        && Calls.isNative(s.weights())
        && Calls.isNative(s.epilogue())
        && s.channels() > 0
        && s.outWidth() > 0
        && (Nine.takes(s) || Taps.takes(s));
  }

  /** Whether the code for a sweep passes its trial. */
  boolean passes(WindowSweep s) {
    return Nine.takes(s) ? ofNine.pass(Nine.number(s)) : ofTaps.pass(Taps.number(s));
  }

  /** The same for all sums over three by three with a stride. */
  boolean passes(int stride) {
    boolean passes = true;
    for (Ending ending : Ending.values()) {
      passes &= ofNine.pass(NineShape.number(stride, false, ending));
    }
    return passes;
  }

  /** What can be tried. */
  List<Trials> trials() {
    return List.of(ofNine, ofTaps);
  }

  /** Lines of y. */
  void sweep(WindowSweep s, int fromLine, int toLine, HotArrays arrays) {
    boolean isNine = Nine.takes(s);
    long line = (long) s.width().size() * s.channels();
    int most = Math.clamp(MOST_ELEMENTS / line / s.height().stride(), 1, s.outHeight());
    int from = fromLine;
    while (from < toLine) {
      Cancellation.poll();
      int slice = from / s.outHeight();
      int first = from - slice * s.outHeight();
      int end = Math.min(Math.min(first + most, s.outHeight()), first + toLine - from);
      if (isNine) {
        long x = (long) slice * s.height().size() * line * Float.BYTES;
        long y = (long) from * s.outWidth() * s.channels() * Float.BYTES;
        nine.lines(s, s.x(), x, s.height().size(), first, end, s.y(), y);
      } else {
        taps.lines(s, slice, first, end, arrays);
      }
      from += end - first;
    }
  }
}
