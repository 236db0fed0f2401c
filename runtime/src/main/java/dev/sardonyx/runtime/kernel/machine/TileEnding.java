package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.kernel.machine.TileProductCode.SUM_BYTES;
import static dev.sardonyx.runtime.kernel.machine.TileProductCode.SUM_ROW;
import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.machine.TileProductCode.Slot;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes what happens to the sums of a panel, which lie in memory: {@code C = ending(sums +
 * residual + bias)} in the rows that are not flagged; there are none in C for those below 0. Leaves
 * rax, rbx, rbp and the tiles as they are.
 */
final class TileEnding {
  private static final int ALL = -1;
  private static final int HALF_ROW = SUM_ROW / 2;

  private static final Gp SUMS = Gp.RSI;
  private static final Gp C = Gp.RDX;
  private static final Gp RESIDUAL = Gp.R8;
  private static final Gp FLAGS = Gp.R10;
  private static final Gp TILES = Gp.R11;
  private static final Gp TALL = Gp.R12;
  private static final Gp ROWS = Gp.R13;
  private static final Gp ROW = Gp.R14;
  private static final Gp FREE = Gp.RCX;

  private static final Vec LOW = zmm(28);
  private static final Vec HIGH = zmm(29);

  private final Assembler a;
  private final TileShape shape;
  private final LongVectors level = new LongVectors();

  TileEnding(Assembler a, TileShape shape) {
    this.a = a;
    this.shape = shape;
  }

  /** Makes a distance of the residual's address, and loads the bounds. */
  void begin() {
    if (shape.residual()) {
      a.mov(FREE, Slot.RESIDUAL.memory());
      a.sub(FREE, Slot.C.memory());
      a.mov(Slot.RESIDUAL.memory(), FREE);
    }
    switch (shape.ending()) {
      case NONE -> {}
      case RELU -> a.vpxord(LOW, LOW, LOW);
      case CLIP -> {
        a.vbroadcastss(LOW, Slot.LOW.memory());
        a.vbroadcastss(HIGH, Slot.HIGH.memory());
      }
    }
  }

  /** Finishes a panel, and goes on to the next one's columns. */
  void finish() {
    columns();
    if (shape.bias()) {
      a.mov(FREE, Slot.BIAS.memory());
      for (int i = 0; i < 2; i++) {
        level.load(a, zmm(2 + i), at(FREE, i * HALF_ROW), i);
      }
      a.add(FREE, SUM_ROW);
      a.mov(Slot.BIAS.memory(), FREE);
    }
    if (shape.residual()) {
      a.mov(RESIDUAL, Slot.RESIDUAL.memory());
    }
    a.mov(C, Slot.C.memory());
    a.lea(FREE, at(C, SUM_ROW));
    a.mov(Slot.C.memory(), FREE);
    a.mov(SUMS, Slot.SUMS.memory());
    a.mov(FLAGS, Slot.FLAGS.memory());
    a.mov(TILES, Slot.TILES.memory());
    a.mov(TALL, Slot.TALL.memory());
    var tile = new Label();
    var tall = new Label();
    var row = new Label();
    var flagged = new Label();
    var none = new Label();
    a.bind(tile);
    a.mov(ROWS, Slot.HEIGHT.memory());
    a.dec(TALL);
    a.jump(Condition.NOT_LESS, tall);
    a.dec(ROWS);
    a.bind(tall);
    a.mov(ROW, SUMS);
    a.bind(row);
    a.movsxd(FREE, at(FLAGS));
    a.test(FREE, FREE);
    a.jump(Condition.LESS, none);
    a.jump(Condition.NOT_ZERO, flagged);
    row();
    a.bind(flagged);
    a.add(C, Slot.C_PITCH.memory());
    a.bind(none);
    a.add(ROW, SUM_ROW);
    a.add(FLAGS, Integer.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    a.add(SUMS, SUM_BYTES);
    a.dec(TILES);
    a.jump(Condition.NOT_ZERO, tile);
  }

  /** The masks of a panel's columns: all but where it is the last. */
  private void columns() {
    var whole = new Label();
    a.mov(ROW, ALL);
    a.mov(FREE, Slot.COUNT.memory());
    a.cmp(FREE, 1);
    a.jump(Condition.NOT_ZERO, whole);
    a.mov(ROW, Slot.LAST_COLUMNS.memory());
    a.bind(whole);
    a.kmovw(k(1), ROW);
    a.shr(ROW, level.lanes());
    a.kmovw(k(2), ROW);
  }

  private void row() {
    for (int i = 0; i < 2; i++) {
      a.vmovups(zmm(i), at(ROW, i * HALF_ROW));
      if (shape.residual()) {
        level.load(a, zmm(4), at(C, RESIDUAL, 1, i * HALF_ROW), i);
        a.vaddps(zmm(i), zmm(i), zmm(4));
      }
      if (shape.bias()) {
        a.vaddps(zmm(i), zmm(i), zmm(2 + i));
      }
      switch (shape.ending()) {
        case NONE -> {}
        case RELU -> level.keepWhere(a, zmm(i), LOW, 6); // larger, or NaN
        case CLIP -> {
          level.replaceWhere(a, zmm(i), LOW, 2); // not larger
          level.replaceWhere(a, zmm(i), HIGH, 13); // not smaller
        }
      }
      level.store(a, at(C, i * HALF_ROW), zmm(i), i);
    }
  }
}
