package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** Products of 8-bit numbers by VNNI in vectors of 512 bits: two for a row of a panel. */
final class LongIntegerProductCode extends IntegerProductCode {
  private static final int VECTOR = 64;
  private static final Vec LEFT = zmm(28);
  private static final Vec RIGHT = zmm(29);

  LongIntegerProductCode(IntegerProductShape shape) {
    super(new Assembler(), shape, 1);
  }

  /** By masks of both halves. */
  @Override
  void columns() {
    IntegerEndingCode.masks(a, FREE, Slot.LAST_LEFT.memory(), Slot.LAST_RIGHT.memory());
  }

  @Override
  void jumpIfEmpty(int part, Label empty) {
    // there is but one part, which has columns
  }

  @Override
  void clear(int height) {
    for (int i = 0; i < 2 * height; i++) {
      a.vpxord(zmm(i), zmm(i), zmm(i));
    }
  }

  @Override
  void group(int height, int i, int part) {
    a.vmovdqu32(LEFT, at(PANEL, i * GROUP_BYTES));
    a.vmovdqu32(RIGHT, at(PANEL, i * GROUP_BYTES + VECTOR));
    for (int row = 0; row < height; row++) {
      Vec factor = zmm(30 + (row & 1));
      a.vpbroadcastd(factor, row(height, row).plus(i * IntegerPanels.GROUP));
      a.vpdpbusd(zmm(2 * row), factor, LEFT);
      a.vpdpbusd(zmm(2 * row + 1), factor, RIGHT);
    }
  }

  @Override
  void finish(int height, int part) {
    a.mov(FREE, Slot.ADDENDS.memory());
    if (shape.bytes()) {
      a.mov(SCALES, Slot.SCALES.memory());
      IntegerEndingCode.bounds(a, Slot.LOW.memory(), Slot.HIGH.memory(), Slot.ZERO.memory());
    }
    for (int row = 0; row < height; row++) {
      for (int half = 0; half < 2; half++) {
        Vec sum = zmm(2 * row + half);
        a.vpaddd(sum, sum, at(FREE, half * VECTOR));
        if (shape.bytes()) {
          IntegerEndingCode.quantise(a, sum, at(SCALES, half * VECTOR));
          a.vmovdqu8(
              at(ROW, half * VECTOR / Integer.BYTES).masked(k(1 + half)), IntegerEndingCode.BYTES);
        } else {
          a.vmovdqu32(at(ROW, half * VECTOR).masked(k(1 + half)), sum);
        }
      }
      a.add(ROW, C_PITCH);
    }
  }
}
