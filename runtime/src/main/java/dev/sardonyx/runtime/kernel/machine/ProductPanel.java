package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Reads rows of packed panels, in each storage ({@code StoredPanels}), as two vectors of floats;
 * whole numbers stay unscaled.
 *
 * @param table where the sixteen floats of int4 are, for vectors of so many
 */
record ProductPanel(VectorLevel vectors, WeightStorage storage, Source table) {
  /** Bits of int4, and of what lies above them in an int. */
  private static final int NIBBLE = 4;

  private static final int ABOVE = Integer.SIZE - NIBBLE;

  /** The bytes of a row of a panel. */
  int rowBytes() {
    return rowBytes(storage, vectors.panelWidth());
  }

  /** The same for a width. */
  static int rowBytes(WeightStorage storage, int width) {
    return width * storage.bits() / Byte.SIZE;
  }

  /**
   * Loads a row of a panel.
   *
   * @param panel where the panel's first row is
   * @param row how many rows further
   */
  void load(Assembler a, Vec left, Vec right, Mem panel, int row) {
    Mem from = panel.plus(row * rowBytes());
    int half = rowBytes() / 2;
    switch (storage) {
      case FLOAT32 -> {
        a.vmovups(left, from);
        a.vmovups(right, from.plus(half));
      }
      case BFLOAT16 -> {
        // An int holds a column of the first half below one of the second.
        a.vpslld(left, loaded(a, right, from), Short.SIZE);
        a.vpsrld(right, right, Short.SIZE);
        a.vpslld(right, right, Short.SIZE);
      }
      case FLOAT16 -> {
        a.vcvtph2ps(left, from);
        a.vcvtph2ps(right, from.plus(half));
      }
      case INT8 -> {
        a.vpmovsxbd(left, from);
        a.vpmovsxbd(right, from.plus(half));
        a.vcvtdq2ps(left, left);
        a.vcvtdq2ps(right, right);
      }
      case INT4 -> nibbles(a, left, right, from);
    }
  }

  /** A byte holds a column of the first half below one of the second. */
  private void nibbles(Assembler a, Vec left, Vec right, Mem from) {
    switch (vectors.level()) {
      case AVX512 -> { // the lowest four bits choose from a table: half of what conversions take
        a.vpmovzxbd(right, from);
        a.vpermps(left, right, table);
        a.vpsrld(right, right, NIBBLE);
        a.vpermps(right, right, table);
      }
      case AVX2 -> {
        a.vpmovsxbd(right, from);
        a.vpslld(left, right, ABOVE);
        a.vpsrad(left, left, ABOVE);
        a.vpsrad(right, right, NIBBLE);
        a.vcvtdq2ps(left, left);
        a.vcvtdq2ps(right, right);
      }
    }
  }

  private static Vec loaded(Assembler a, Vec to, Mem from) {
    a.vmovups(to, from);
    return to;
  }
}
