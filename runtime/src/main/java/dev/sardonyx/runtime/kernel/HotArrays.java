package dev.sardonyx.runtime.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Arrays of one thread at a time, in which kernels keep what they read again and again: small
 * enough for the first caches. They grow to what is asked for and stay. Machine code, which reads
 * no arrays of Java, has off-heap memory of the same kind.
 */
public final class HotArrays {
  /** Elements of a chunk of an elementwise program. */
  static final int CHUNK = 1024;

  /** What a piece of off-heap memory is for; each has its own, so that a kernel may hold all. */
  public enum Slot {
    /** A block of the left operand's rows. */
    ROWS,
    /** Sums of a block of rows. */
    SUMS,
    /** The pixels of a tile. */
    PATCH,
    /** Lines of an image. */
    LINES,
    /** What windows over them leave. */
    WINDOWS,
    /** Parts of the numbers of a block of rows. */
    PARTS,
    /** Products of tiles, and which rows have none. */
    TILES,
    /** Sums of a tile over groups of k. */
    TOTALS
  }

  /** The alignment of off-heap memory in bytes: a line of the cache. */
  private static final long ALIGNMENT = 64;

  private float[] rows = new float[0];
  private MemorySegment rowsSegment = MemorySegment.ofArray(rows);
  private float[] panel = new float[0];
  private MemorySegment panelMemory = MemorySegment.NULL;
  private float[] tile = new float[0];
  private float[] sums = new float[0];
  private float[][] panelRows = new float[0][];
  private float[][] sumRows = new float[0][];
  private float[][] chunks = new float[0][];
  private double[] widePanel = new double[0];
  private double[] wideSums = new double[0];

  private int[] pairs = new int[0];
  private short[] shorts = new short[0];
  private byte[] bytes = new byte[0];
  private final int[] touched = new int[1];

  private final TapList taps = new TapList();
  private final PlaneLines planeLines = new PlaneLines();
  private final WindowLines windowLines = new WindowLines();
  private final ChainLines chainLines = new ChainLines();

  private float[] patch = new float[0];
  private float[] half = new float[0];

  private final MemorySegment[] memory = new MemorySegment[Slot.values().length];

  /** With nothing in it yet. */
  public HotArrays() {
    Arrays.fill(memory, MemorySegment.NULL);
  }

  /**
   * Off-heap memory for machine code, at least so many bytes, aligned to 64 of them. Contents are
   * what was left there by the last that asked for this slot; nothing of it is kept where the
   * memory grows, which is to twice its size at least. Allocates nothing where it fits.
   *
   * @throws IllegalArgumentException if the number of bytes is negative
   */
  public MemorySegment memory(Slot slot, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("memory needs 0 bytes or more (was " + bytes + ")");
    }
    MemorySegment there = memory[slot.ordinal()];
    if (there.byteSize() >= bytes) {
      return there;
    }
    MemorySegment larger =
        Arena.ofAuto().allocate(Math.max(bytes, 2 * there.byteSize()), ALIGNMENT);
    memory[slot.ordinal()] = larger;
    return larger;
  }

  /** The pixels of a tile. */
  float[] patch(int elements) {
    patch = grown(patch, elements);
    return patch;
  }

  /** A tile between the transforms along its two axes. */
  float[] half(int elements) {
    half = grown(half, elements);
    return half;
  }

  /** The taps of a window. */
  TapList taps() {
    return taps;
  }

  /** Lines of an image, plane by plane. */
  PlaneLines planeLines() {
    return planeLines;
  }

  /** Lines of an image, channels together. */
  WindowLines windowLines() {
    return windowLines;
  }

  /** What was read ahead of its use: written here, or C2 would leave the reads out. */
  int[] touched() {
    return touched;
  }

  /** Lines between two products. */
  ChainLines chainLines() {
    return chainLines;
  }

  /** A block of rows as memory, at least so many floats; contents are what was left there. */
  MemorySegment rowsSegment(int elements) {
    if (rows.length < elements) {
      rows = new float[elements];
      rowsSegment = MemorySegment.ofArray(rows);
    }
    return rowsSegment;
  }

  /** The same as it was asked for last. */
  float[] rows() {
    return rows;
  }

  /** Arrays of one chunk each; contents are what was left there. */
  float[][] chunks(int count) {
    int made = chunks.length;
    if (made < count) {
      chunks = Arrays.copyOf(chunks, count);
      for (int i = made; i < count; i++) {
        chunks[i] = new float[CHUNK];
      }
    }
    return chunks;
  }

  /** A block of a panel. */
  float[] panel(int elements) {
    panel = grown(panel, elements);
    return panel;
  }

  /** The same as memory that begins with a line of the cache, at least so many floats. */
  MemorySegment panelMemory(int elements) {
    long bytes = (long) elements * Float.BYTES;
    if (panelMemory.byteSize() < bytes) {
      panelMemory = Arena.ofAuto().allocate(bytes, (long) Products.LINE * Float.BYTES);
    }
    return panelMemory;
  }

  /** The same as it was asked for last. */
  MemorySegment panelMemory() {
    return panelMemory;
  }

  /** A block of a panel as it is stored, two elements in each. */
  int[] pairs(int count) {
    if (pairs.length < count) {
      pairs = new int[count];
    }
    return pairs;
  }

  /** A block of a panel as it is stored, one element in each. */
  short[] shorts(int count) {
    if (shorts.length < count) {
      shorts = new short[count];
    }
    return shorts;
  }

  /** The same. */
  byte[] bytes(int count) {
    if (bytes.length < count) {
      bytes = new byte[count];
    }
    return bytes;
  }

  /** A tile of a product. */
  float[] tile(int elements) {
    tile = grown(tile, elements);
    return tile;
  }

  /** Sums of a block of rows. */
  float[] sums(int elements) {
    sums = grown(sums, elements);
    return sums;
  }

  /** Rows of a panel, each an array of its own. */
  float[][] panelRows(int count, int width) {
    panelRows = grown(panelRows, count, width);
    return panelRows;
  }

  /** Rows of sums, each an array of its own. */
  float[][] sumRows(int count, int width) {
    sumRows = grown(sumRows, count, width);
    return sumRows;
  }

  private static float[][] grown(float[][] arrays, int count, int width) {
    boolean fits = arrays.length >= count && arrays[0].length >= width;
    return fits ? arrays : new float[count][width];
  }

  /** A block of a panel in float64. */
  double[] widePanel(int elements) {
    if (widePanel.length < elements) {
      widePanel = new double[elements];
    }
    return widePanel;
  }

  /** The same in float64. */
  double[] wideSums(int elements) {
    if (wideSums.length < elements) {
      wideSums = new double[elements];
    }
    return wideSums;
  }

  private static float[] grown(float[] array, int elements) {
    return array.length < elements ? new float[elements] : array;
  }
}
