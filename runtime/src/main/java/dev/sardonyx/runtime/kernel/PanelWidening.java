package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Makes floats of rows of stored panels, by plain loops over arrays. Whole numbers of int8 stay
 * unscaled.
 */
final class PanelWidening {

  private PanelWidening() {}

  /**
   * Widens some rows of a panel.
   *
   * @param from where they begin
   * @param pitch elements from a panel to the next
   * @param width columns of the panel
   * @param at where they go
   */
  static void widen(
      StoredPanels panels,
      long from,
      long pitch,
      int rows,
      int width,
      HotArrays arrays,
      float[] to,
      int at) {
    MemorySegment values = panels.values();
    int n = rows * width;
    switch (panels.storage()) {
      case FLOAT32 ->
          MemorySegment.copy(values, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, to, at, n);
      case BFLOAT16 -> {
        int[] pairs = arrays.pairs(n / 2);
        MemorySegment.copy(values, JAVA_INT_UNALIGNED, from * Short.BYTES, pairs, 0, n / 2);
        int half = width / 2;
        for (int i = 0; i < rows; i++) {
          halves(half, pairs, i * half, to, at + i * width);
        }
      }
      case FLOAT16 -> {
        short[] shorts = arrays.shorts(n);
        MemorySegment.copy(values, JAVA_SHORT_UNALIGNED, from * Short.BYTES, shorts, 0, n);
        shorts(n, shorts, to, at);
      }
      case INT8 -> {
        byte[] bytes = arrays.bytes(n);
        MemorySegment.copy(values, JAVA_BYTE, from, bytes, 0, n);
        bytes(n, bytes, to, at);
      }
      case INT4 -> {
        if (rows > 0) {
          nibbles(panels, from, pitch, rows, width, arrays, to, at);
        }
      }
    }
  }

  private static void nibbles(
      StoredPanels panels,
      long from,
      long pitch,
      int rows,
      int width,
      HotArrays arrays,
      float[] to,
      int at) {
    int half = width / 2;
    byte[] bytes = arrays.bytes(rows * half);
    MemorySegment.copy(panels.values(), JAVA_BYTE, from / 2, bytes, 0, rows * half);
    int[] scales = arrays.pairs(half);
    long groups = from / pitch * Nibbles.groups((int) (pitch / width));
    int row = (int) (from % pitch / width);
    for (int i = 0; i < rows; i++) {
      if (i == 0 || (row + i) % Nibbles.GROUP == 0) {
        long group = groups + (row + i) / Nibbles.GROUP;
        long there = group * half * Integer.BYTES;
        MemorySegment.copy(panels.scales(), JAVA_INT_UNALIGNED, there, scales, 0, half);
      }
      Nibbles.widen(half, bytes, i * half, scales, to, at + i * width);
    }
  }

  /** Multiplies sums, whose rows have a pitch, by factors of the columns. */
  static void scale(
      int rows, int pitch, HotArrays arrays, int from, MemorySegment scales, long scalesAt) {
    float[] factors = arrays.panel(pitch);
    MemorySegment.copy(scales, JAVA_FLOAT_UNALIGNED, scalesAt * Float.BYTES, factors, 0, pitch);
    float[] sums = arrays.sums(0);
    for (int i = 0; i < rows; i++) {
      scale(pitch, factors, sums, from + i * pitch);
    }
  }

  private static void scale(int n, float[] factors, float[] sums, int at) {
    for (int j = 0; j < n; j++) {
      sums[at + j] *= factors[j];
    }
  }

  private static void halves(int half, int[] pairs, int from, float[] to, int at) {
    for (int i = 0; i < half; i++) {
      to[at + i] = Float.intBitsToFloat(pairs[from + i] << 16);
    }
    for (int i = 0; i < half; i++) {
      to[at + half + i] = Float.intBitsToFloat(pairs[from + i] & 0xFFFF0000);
    }
  }

  private static void shorts(int n, short[] from, float[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] = Float.float16ToFloat(from[i]);
    }
  }

  private static void bytes(int n, byte[] from, float[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] = from[i];
    }
  }
}
