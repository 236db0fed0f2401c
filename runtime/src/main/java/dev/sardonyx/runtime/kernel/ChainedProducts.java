package dev.sardonyx.runtime.kernel;

/**
 * Runs {@link DepthwiseChain}s: some lines of y at a time, the lines of x that they need and that
 * are not there yet are expanded, panel by panel, into arrays that stay in the L2 cache; windows
 * over them leave the rows of the second product where it would have copied them to.
 */
final class ChainedProducts {

  /** Pixels at a time. */
  private static final int PIXELS = Products.MOST_ROWS;

  /** Elements of all lines that are kept: more do not stay in the L2 cache. */
  private static final int MOST_ELEMENTS = 1 << 18;

  /** Blocks of k that the second product takes at once. */
  private static final int MOST_CHANNELS = Products.MOST_DEPTH * Products.K_BLOCK;

  private final BlockOperations blocks;
  private final Products products;
  private final ChainLanes lanes;

  ChainedProducts(BlockOperations blocks, Products products, ChainLanes lanes) {
    this.blocks = blocks;
    this.products = products;
    this.lanes = lanes;
  }

  /** Whether windows over so many channels, and a product that expands k to them, are taken. */
  boolean takes(int k, int channels, Axis height, Axis width) {
    boolean three = height.kernel() == 3 && width.kernel() == 3;
    boolean near = height.dilation() == 1 && width.dilation() == 1 && width.stride() <= 2;
    boolean narrow = width.size() <= PIXELS && width.output() <= PIXELS;
    boolean fits = k <= Products.K_BLOCK && channels <= MOST_CHANNELS && narrow;
    return three
        && near
        && fits
        && channels % lanes.lanes() == 0
        && ChainLines.elements(height, width, channels, lanes.lanes(), band(height, width))
            <= MOST_ELEMENTS;
  }

  /** Lines of y at a time: about as many pixels as a product takes well. */
  private static int band(Axis height, Axis width) {
    long pixels = (long) height.stride() * width.size();
    return Math.clamp(PIXELS / pixels, 1, height.output());
  }

  void run(DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays) {
    WindowSweep s = chain.window();
    int band = band(s.height(), s.width());
    ChainLines lines = arrays.chainLines();
    lines.begin(s, lanes.lanes(), band);
    int line = fromLine;
    while (line < toLine) {
      int image = line / s.outHeight();
      int first = line - image * s.outHeight();
      int end = Math.min(Math.min(first + band, s.outHeight()), first + toLine - line);
      fill(chain, lines, image, first, end, arrays);
      int rows = (end - first) * s.outWidth();
      int pitch = products.roomForRows(rows, s.channels(), arrays);
      for (int channel = 0; channel < s.channels(); channel += lanes.lanes()) {
        Cancellation.poll();
        windows(s, lines, first, end, channel, pitch, arrays);
      }
      long c = (long) line * s.outWidth() * chain.project().ldc();
      products.multiplyRows(chain.project(), c, rows, pitch, arrays);
      line += end - first;
    }
  }

  /** Makes the lines of x that some lines of y need. */
  private void fill(
      DepthwiseChain chain, ChainLines lines, int image, int first, int end, HotArrays arrays) {
    WindowSweep s = chain.window();
    Axis high = s.height();
    int wide = s.width().size();
    int from = lines.first(image, high.start(first));
    int to = (int) Math.min(high.start(end - 1) + high.kernel(), high.size());
    if (chain.expand() == null) {
      for (int line = from; line < to; line++) {
        long at = ((long) image * high.size() + line) * wide * s.channels();
        read(s, lines, line, at);
      }
    } else {
      int pixels = Math.max(0, to - from) * wide;
      int count = Math.ceilDiv(pixels, PIXELS);
      for (int i = 0; i < count; i++) { // blocks of nearly one size
        int begin = from * wide + (int) ((long) pixels * i / count);
        int stop = from * wide + (int) ((long) pixels * (i + 1) / count);
        expand(chain.expand(), s, lines, image * high.size() * wide, begin, stop, arrays);
      }
    }
    lines.filled(to);
  }

  private void read(WindowSweep s, ChainLines lines, int line, long from) {
    for (int channel = 0; channel < s.channels(); channel += lanes.lanes()) {
      int to = lines.at(line, channel / lanes.lanes(), 0);
      lanes.read(s.width().size(), s.x(), from + channel, s.channels(), lines.array(), to);
    }
  }

  /** Some pixels of an image, whose first one is a row of the product. */
  private void expand(
      Product expand,
      WindowSweep s,
      ChainLines lines,
      int image,
      int from,
      int to,
      HotArrays arrays) {
    products.copyRows(expand, image + from, image + to, arrays);
    int width = blocks.panelWidth();
    for (int column = 0; column < s.channels(); column += width) {
      Cancellation.poll();
      products.panelSums(expand, column, to - from, arrays);
      int end = Math.min(column + width, s.channels());
      for (int channel = column; channel < end; channel += lanes.lanes()) {
        finish(expand.epilogue(), s, lines, from, to, channel, channel - column, arrays);
      }
    }
  }

  private void finish(
      Epilogue epilogue,
      WindowSweep s,
      ChainLines lines,
      int from,
      int to,
      int channel,
      int inPanel,
      HotArrays arrays) {
    int wide = s.width().size();
    int pixel = from;
    while (pixel < to) {
      int line = pixel / wide;
      int first = pixel - line * wide;
      int count = Math.min(wide - first, to - pixel);
      int sums = (pixel - from) * blocks.panelWidth() + inPanel;
      int at = lines.at(line, channel / lanes.lanes(), first);
      lanes.expanded(count, arrays.sums(0), sums, epilogue, channel, lines.array(), at);
      pixel += count;
    }
  }

  private void windows(
      WindowSweep s,
      ChainLines lines,
      int first,
      int end,
      int channel,
      int pitch,
      HotArrays arrays) {
    int to = channel / Products.K_BLOCK * pitch + channel % Products.K_BLOCK;
    for (int line = first; line < end; line++) {
      int[] starts = lines.starts(s.height(), s.height().start(line), channel / lanes.lanes());
      lanes.windows(
          s.outWidth(),
          s.width().stride(),
          lines.array(),
          starts,
          s,
          channel,
          arrays.rows(),
          to + (line - first) * s.outWidth() * Products.PITCH);
    }
  }
}
