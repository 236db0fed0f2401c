package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sardonyx.api.engine.WeightStorage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packs right operands of products in a narrow storage: parts of a panel are packed in float32 and
 * rounded to where they stay.
 */
public final class PanelStoring {

  /** The largest whole number of int8. */
  private static final int MOST = 127;

  /** Rows that are packed at a time: whole groups of int4. */
  private static final int ROWS = 256;

  /** The first float that rounds to an infinity of float16, and the last that does not there. */
  private static final float FLOAT16_END = 65520;

  private static final float BFLOAT16_LAST = Float.intBitsToFloat(0x7F7F7FFF);

  /** Packs a part of one panel in float32: columns beyond the last are zero. */
  @FunctionalInterface
  public interface Source {
    /** Writes {@code [rows][panel width]} from offset 0. */
    void pack(int fromRow, int rows, int fromColumn, int columns, MemorySegment to);
  }

  private final Kernels kernels;
  private final int k;
  private final Source source;
  private final StoredPanels to;
  private final MemorySegment part;

  private PanelStoring(Kernels kernels, int k, Source source, StoredPanels to, MemorySegment part) {
    this.kernels = kernels;
    this.k = k;
    this.source = source;
    this.to = to;
    this.part = part;
  }

  /** Whether all values are finite, and stay so when they are rounded. */
  public static boolean holds(WeightStorage storage, MemorySegment floats) {
    float last =
        switch (storage) {
          case FLOAT32, INT8 -> Float.MAX_VALUE;
          case BFLOAT16, INT4 -> BFLOAT16_LAST; // scales have its range
          case FLOAT16 -> Math.nextDown(FLOAT16_END);
        };
    long n = floats.byteSize() / Float.BYTES;
    boolean all = true;
    for (long from = 0; from < n && all; from += Cancellation.EVERY) {
      Cancellation.poll();
      int count = (int) Math.min(Cancellation.EVERY, n - from);
      all = within(last, floats, from, count);
    }
    return all;
  }

  /** A value as it is stored; the scale is that of its channel for int8, of its group for int4. */
  public static double rounded(WeightStorage storage, float value, float scale) {
    return switch (storage) {
      case FLOAT32 -> value;
      case BFLOAT16 -> Float.intBitsToFloat(bfloat16(value) << 16);
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(value));
      case INT8 -> (double) int8(value, scale) * scale;
      case INT4 -> (double) Nibbles.whole(value, scale) * scale;
    };
  }

  /** The scale of a channel whose largest value is one of a tensor. */
  public static float scale(MemorySegment floats, long index) {
    return Math.abs(Floats.get(floats, index)) / MOST;
  }

  private static boolean within(float last, MemorySegment floats, long from, int n) {
    boolean all = true;
    for (int i = 0; i < n; i++) {
      all &= Math.abs(Floats.get(floats, from + i)) <= last;
    }
    return all;
  }

  /** Packs one matrix, k x n, of those that the storage {@link #holds}. */
  public static void pack(Kernels kernels, int k, int n, Source source, StoredPanels to) {
    int width = kernels.panelWidth();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment part = arena.allocate((long) ROWS * width * Float.BYTES, Float.BYTES);
      var storing = new PanelStoring(kernels, k, source, to, part);
      for (int column = 0; column < n; column += width) {
        storing.panel(column, Math.min(width, n - column));
      }
    }
  }

  private void panel(int column, int columns) {
    int width = kernels.panelWidth();
    float[] scales = to.isScaled() ? scales(column, columns) : new float[0];
    for (int row = 0; row < k; row += ROWS) {
      Cancellation.poll();
      int rows = Math.min(ROWS, k - row);
      source.pack(row, rows, column, columns, part);
      long at = (long) column * k + (long) row * width;
      switch (to.storage()) {
        case FLOAT32 -> throw new IllegalArgumentException("float32 needs no rounding");
        case BFLOAT16 -> bfloat16(rows * width / 2, at);
        case FLOAT16 -> float16(rows * width, at);
        case INT8 -> int8(rows, scales, at);
        case INT4 -> int4(column / width, row, rows, at);
      }
    }
  }

  /** The scales of a panel, which are left where they belong. */
  private float[] scales(int column, int columns) {
    int width = kernels.panelWidth();
    float[] largest = new float[width];
    for (int row = 0; row < k; row += ROWS) {
      Cancellation.poll();
      int rows = Math.min(ROWS, k - row);
      source.pack(row, rows, column, columns, part);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          largest[j] = Math.max(largest[j], Math.abs(Floats.get(part, (long) i * width + j)));
        }
      }
    }
    for (int i = 0; i < width; i++) {
      largest[i] /= MOST;
      Floats.set(to.scales(), column + i, largest[i]);
    }
    return largest;
  }

  /** A channel of zeros, or of numbers too small for a scale, becomes zeros. */
  private void int8(int rows, float[] scales, long at) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < scales.length; j++) {
        long index = (long) i * scales.length + j;
        to.values().set(JAVA_BYTE, at + index, int8(Floats.get(part, index), scales[j]));
      }
    }
  }

  private static byte int8(float value, float scale) {
    double whole = scale == 0 ? 0 : Math.rint(value / scale);
    return (byte) Math.clamp((long) whole, -MOST, MOST);
  }

  /** Rows that begin with a group, group by group. */
  private void int4(int panel, int row, int rows, long at) {
    int width = kernels.panelWidth();
    int half = width / 2;
    float[] values = new float[Nibbles.GROUP * width];
    float[] scales = new float[width];
    byte[] bytes = new byte[Nibbles.GROUP * half];
    for (int first = 0; first < rows; first += Nibbles.GROUP) {
      int count = Math.min(Nibbles.GROUP, rows - first);
      long from = (long) first * width;
      MemorySegment.copy(part, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, values, 0, count * width);
      groupScales(count, values, scales);
      long group = (long) panel * Nibbles.groups(k) + (row + first) / Nibbles.GROUP;
      for (int j = 0; j < half; j++) {
        int high = Float.floatToRawIntBits(scales[half + j]);
        int pair = high | Float.floatToRawIntBits(scales[j]) >>> 16;
        to.scales().set(JAVA_INT_UNALIGNED, (group * half + j) * Integer.BYTES, pair);
      }
      for (int i = 0; i < count * half; i++) {
        int j = i % half;
        int low = i / half * width + j;
        int high = Nibbles.whole(values[low + half], scales[j + half]);
        bytes[i] = (byte) (high << 4 | Nibbles.whole(values[low], scales[j]) & 15);
      }
      MemorySegment.copy(bytes, 0, to.values(), JAVA_BYTE, (at + from) / 2, count * half);
    }
  }

  private static void groupScales(int rows, float[] values, float[] scales) {
    int width = scales.length;
    System.arraycopy(values, 0, scales, 0, width);
    for (int i = 1; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        scales[j] = Nibbles.larger(scales[j], values[i * width + j]);
      }
    }
    for (int j = 0; j < width; j++) {
      scales[j] = Nibbles.scale(scales[j]);
    }
  }

  private void float16(int n, long at) {
    for (int i = 0; i < n; i++) {
      short bits = Float.floatToFloat16(Floats.get(part, i));
      to.values().set(JAVA_SHORT_UNALIGNED, (at + i) * Short.BYTES, bits);
    }
  }

  private void bfloat16(int pairs, long at) {
    int half = kernels.panelWidth() / 2;
    for (int i = 0; i < pairs; i++) {
      int first = i / half * 2 * half + i % half;
      int low = bfloat16(Floats.get(part, first));
      int high = bfloat16(Floats.get(part, first + half));
      to.values()
          .set(JAVA_INT_UNALIGNED, at * Short.BYTES + (long) i * Integer.BYTES, high << 16 | low);
    }
  }

  /** The upper half of a finite float, rounded to even. */
  static int bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
  }
}
