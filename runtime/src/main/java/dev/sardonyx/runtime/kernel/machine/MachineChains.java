package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.ChainProducts;
import dev.sardonyx.runtime.kernel.DepthwiseChain;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.WindowSweep;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Chains of a product, windows of three by three and another product: some lines of y at a time.
 * The lines of x that they need and that are not there yet are expanded into a ring of lines;
 * windows over them leave the rows of the second product.
 */
final class MachineChains {
  /** Bytes of lines and rows that stay in the second cache, beside the weights. */
  private static final long MOST_BYTES = 600 << 10;

  /** Pixels from which on more at a time make products no faster. */
  private static final int MOST_PIXELS = 224;

  private final Kernels kernels;
  private final Nine nine;

  /**
   * Chains.
   *
   * @param kernels what multiplies
   */
  MachineChains(Kernels kernels, Nine nine) {
    this.kernels = kernels;
    this.nine = nine;
  }

  /** Whether a chain is faster than its parts. */
  static boolean takes(int k, int channels, Axis height, Axis width) {
    return Nine.takes(height, width)
        && height.dilation() == 1
        && bytes(k, channels, height, width, 1) <= MOST_BYTES;
  }

  /** Lines of y at a time. */
  private static int band(int k, int channels, Axis height, Axis width) {
    int band = 1;
    int most = Math.min(height.output(), Math.ceilDiv(MOST_PIXELS, width.output()));
    while (band < most && bytes(k, channels, height, width, band + 1) <= MOST_BYTES) {
      band++;
    }
    return Math.ceilDiv(height.output(), Math.ceilDiv(height.output(), band));
  }

  private static long bytes(int k, int channels, Axis height, Axis width, int band) {
    long pixels = (long) band * width.output();
    if (k > 0) {
      pixels += (long) slots(height, band) * width.size();
    }
    return pixels * channels * Float.BYTES;
  }

  /** Lines that so many lines of y meet. */
  private static int slots(Axis height, int band) {
    long meet = (band - 1L) * height.stride() + height.kernel();
    return (int) Math.min(meet, height.size());
  }

  void run(DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays) {
    Product expand = chain.expand();
    WindowSweep s = offHeap(chain.window(), expand == null);
    int k = expand == null ? 0 : expand.k();
    int band = band(k, s.channels(), s.height(), s.width());
    int slots = expand == null ? s.height().size() : slots(s.height(), band);
    int lineBytes = s.width().size() * s.channels() * Float.BYTES;
    MemorySegment lines =
        expand == null ? s.x() : arrays.memory(HotArrays.Slot.LINES, (long) slots * lineBytes);
    long rowBytes = (long) s.outWidth() * s.channels() * Float.BYTES;
    MemorySegment rows = arrays.memory(HotArrays.Slot.WINDOWS, band * rowBytes);
    ChainProducts products = chain.bound().of(chain, lines, rows, arrays);
    Product into = products.expand();
    Product project = products.project();
    int image = -1;
    int next = 0;
    int line = fromLine;
    while (line < toLine) {
      if (line / s.outHeight() != image) {
        image = line / s.outHeight();
        next = 0;
      }
      int first = line - image * s.outHeight();
      int end = Math.min(Math.min(first + band, s.outHeight()), first + toLine - line);
      if (into != null) {
        next = fill(into, s, slots, image, Math.max(next, s.height().start(first)), end, arrays);
      }
      Cancellation.poll();
      long x = into == null ? (long) image * slots * lineBytes : 0;
      nine.lines(s, lines, x, slots, first, end, rows, 0);
      int from = line * s.outWidth();
      int to = from + (end - first) * s.outWidth();
      kernels.multiply(
          project, -(long) from * s.channels(), 0, 0, from, to, 0, project.n(), arrays);
      line += end - first;
    }
  }

  /**
   * Expands the lines from one on that lines of y before {@code end} meet.
   *
   * @return the line after them
   */
  private int fill(
      Product into, WindowSweep s, int slots, int image, long from, int end, HotArrays arrays) {
    Axis high = s.height();
    int wide = s.width().size();
    int to = (int) Math.min(high.start(end - 1) + high.kernel(), high.size());
    int line = (int) Math.min(from, to);
    while (line < to) {
      int stop = Math.min(to, line + slots - line % slots);
      int row = (image * high.size() + line) * wide;
      long c = ((long) (line % slots) * wide - row) * s.channels();
      kernels.multiply(into, 0, 0, c, row, row + (stop - line) * wide, 0, s.channels(), arrays);
      line = stop;
    }
    return Math.max(to, 0);
  }

  /** The same with what is on the heap copied. */
  private static WindowSweep offHeap(WindowSweep s, boolean reads) {
    if ((s.x().isNative() || !reads)
        && Calls.isNative(s.weights())
        && Calls.isNative(s.epilogue())) {
      return s;
    }
    return new WindowSweep(
        s.fold(),
        s.batch(),
        s.channels(),
        s.depth(),
        s.height(),
        s.width(),
        s.outDepth(),
        s.outHeight(),
        s.outWidth(),
        reads ? Calls.offHeap(s.x()) : s.x(),
        Calls.offHeap(Objects.requireNonNull(s.weights())),
        s.y(),
        Calls.offHeap(s.epilogue()));
  }
}
