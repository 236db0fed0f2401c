package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
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
    var last = new Label();
    var end = new Label();
    a.jump(Condition.ZERO, last);
    a.mov(FREE, 0xFFFF);
    a.kmovw(k(1), FREE);
    a.kmovw(k(2), FREE);
    a.jmp(end);
    a.bind(last);
    a.mov(FREE, Slot.LAST_LEFT.memory());
    a.kmovw(k(1), FREE);
    a.mov(FREE, Slot.LAST_RIGHT.memory());
    a.kmovw(k(2), FREE);
    a.bind(end);
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
      a.vbroadcastss(zmm(28), Slot.LOW.memory());
      a.vbroadcastss(zmm(29), Slot.HIGH.memory());
      a.vpbroadcastd(zmm(30), Slot.ZERO.memory());
    }
    for (int row = 0; row < height; row++) {
      for (int half = 0; half < 2; half++) {
        Vec sum = zmm(2 * row + half);
        a.vpaddd(sum, sum, at(FREE, half * VECTOR));
        if (shape.bytes()) {
          quantise(sum, half);
          a.vmovdqu8(at(ROW, half * VECTOR / Integer.BYTES).masked(k(1 + half)), zmm(31).of(16));
        } else {
          a.vmovdqu32(at(ROW, half * VECTOR).masked(k(1 + half)), sum);
        }
      }
      a.add(ROW, C_PITCH);
    }
  }

  /** Of NaN and the lower bound the second operand of max is taken. */
  private void quantise(Vec sum, int half) {
    a.vcvtdq2ps(sum, sum);
    a.vmulps(sum, sum, at(SCALES, half * VECTOR));
    a.vmaxps(sum, sum, zmm(28));
    a.vminps(sum, sum, zmm(29));
    a.vcvtps2dq(sum, sum);
    a.vpaddd(sum, sum, zmm(30));
    a.vpmovdb(zmm(31).of(16), sum);
  }
}
