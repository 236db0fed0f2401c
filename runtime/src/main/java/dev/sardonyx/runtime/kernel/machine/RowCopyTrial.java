package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.PixelRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Tries the copying of rows to where tiles read them. */
final class RowCopyTrial implements Family {
  private static final int[] LENGTHS = {19, 1, 7, 8, 15, 16, 33, 100, RowTarget.MOST_DEPTH};
  private static final int ROWS = 3;
  private static final int TO = 5;
  private static final float BESIDE = 12345;

  /** What is tried: runs of floats, and all that a block of pixels meets. */
  static final int OF_RUNS = 0;

  static final int OF_PIXELS = 1;

  /** Channels, and both axes. */
  private record Picture(int channels, Axis height, Axis width) {}

  /** Padding at all ends, several lines and pixels; and what whole vectors have none of. */
  private static final List<Picture> PICTURES =
      List.of(
          new Picture(5, new Axis(4, 3, 1, 1, 1, 1), new Axis(3, 3, 1, 1, 1, 1)),
          new Picture(16, new Axis(5, 3, 2, 1, 1, 0), new Axis(6, 3, 2, 1, 0, 1)),
          new Picture(1, new Axis(6, 3, 1, 2, 2, 2), new Axis(7, 5, 1, 1, 4, 4)),
          new Picture(33, new Axis(3, 1, 2, 1, 0, 0), new Axis(4, 1, 3, 2, 2, 2)),
          new Picture(20, new Axis(2, 2, 1, 3, 2, 2), new Axis(2, 4, 3, 1, 4, 5)),
          new Picture(3, new Axis(1, 1, 1, 1, 0, 0), new Axis(9, 7, 2, 1, 3, 3)));

  private static final int BATCH = 2;

  private final RowTarget target;
  private final PixelCopies pixels;
  private final HotArrays arrays = new HotArrays();

  RowCopyTrial(RowTarget target, PixelCopies pixels) {
    this.target = target;
    this.pixels = pixels;
  }

  @Override
  public String name() {
    return "copies of rows";
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public boolean has(int number) {
    return true;
  }

  @Override
  public String name(int number) {
    return number == OF_RUNS ? "a copy of rows" : "a copy of pixels";
  }

  @Override
  public int variants() {
    return LENGTHS.length;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    return number == OF_RUNS ? runsAgree(memory, variant) : pixelsAgree(memory, variant);
  }

  private boolean runsAgree(TrialMemory memory, int variant) {
    int n = LENGTHS[variant];
    int step = n + variant;
    try (Arena arena = Arena.ofConfined()) {
      float[] values = TrialMemory.numbers((ROWS - 1) * step + n, variant + 1);
      MemorySegment x = memory.of(arena, values);
      MemorySegment rows = target.rows(arrays, ROWS + 1);
      for (int i = 0; i < (ROWS + 1) * RowTarget.PITCH; i++) {
        Floats.set(rows, i, BESIDE);
      }
      target.copyRuns(ROWS, n, x, 0, step, arrays, TO);
      boolean agrees = true;
      for (int i = 0; i < (ROWS + 1) * RowTarget.PITCH; i++) {
        int row = Math.floorDiv(i - TO, RowTarget.PITCH);
        int column = Math.floorMod(i - TO, RowTarget.PITCH);
        boolean copied = row >= 0 && row < ROWS && column < n;
        agrees &= Floats.get(rows, i) == (copied ? values[row * step + column] : BESIDE);
      }
      return agrees;
    }
  }

  private boolean pixelsAgree(TrialMemory memory, int variant) {
    Picture picture = PICTURES.get(variant % PICTURES.size());
    var geometry =
        new ConvolutionGeometry(
            BATCH, picture.channels, 1, 1, Axis.SINGLE, picture.height, picture.width);
    int rows = BATCH * geometry.outPixels();
    int fromRow = Math.min(variant, rows - 1);
    int depth =
        (17 * variant + 16) % geometry.taps(); // within lines of the kernel and at their ends
    int k = Math.min(geometry.taps() - depth, RowTarget.MOST_DEPTH);
    try (Arena arena = Arena.ofConfined()) {
      int n = (int) (BATCH * geometry.inPixels() * picture.channels);
      float[] values = TrialMemory.numbers(n, variant + 1);
      MemorySegment x = memory.of(arena, values);
      int elements = (rows - fromRow - 1) * RowTarget.PITCH + k;
      MemorySegment to = memory.of(arena, (long) elements * Float.BYTES);
      pixels.copy(new PixelRows(geometry, x, 0), 0, fromRow, rows, depth, k, to);
      float[] found = to.toArray(JAVA_FLOAT_UNALIGNED);
      boolean agrees = true;
      for (int row = fromRow; row < rows; row++) {
        for (int i = 0; i < k; i++) {
          float expected = met(values, geometry, row, depth + i);
          agrees &= found[(row - fromRow) * RowTarget.PITCH + i] == expected;
        }
      }
      return agrees;
    }
  }

  /** What an element of the kernel meets, for a pixel of the output. */
  private static float met(float[] x, ConvolutionGeometry geometry, int row, int element) {
    Axis high = geometry.height();
    Axis wide = geometry.width();
    int channels = geometry.channels();
    int line = row / wide.output();
    int image = line / high.output();
    int tap = element / channels;
    long h = high.start(line % high.output()) + (long) tap / wide.kernel() * high.dilation();
    long w = wide.start(row % wide.output()) + (long) tap % wide.kernel() * wide.dilation();
    boolean isInside = h >= 0 && h < high.size() && w >= 0 && w < wide.size();
    long pixel = ((long) image * high.size() + h) * wide.size() + w;
    return isInside ? x[(int) pixel * channels + element % channels] : 0;
  }
}
