package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes products of 8-bit numbers by VNNI: for each panel all lines, for each line its tiles,
 * their sums in registers over all runs of k, which then become what is stored.
 *
 * <p>Rows are addressed through up to four bases and multiples of the distance of pixels.
 */
final class IntegerProductCode {
  private static final int VECTOR = 64;
  private static final int GROUP_BYTES = IntegerPanels.WIDTH * IntegerPanels.GROUP;

  /** The arguments, in their order. */
  enum Slot {
    A,
    /** From the lines of a tile to the next. */
    LINE_STEP,
    /** From a line of a tile to its second. */
    LINE_PITCH,
    PIXEL_PITCH,
    RUNS,
    /** From the end of a run to the next. */
    RUN_STEP,
    /** Groups of k in a run. */
    GROUPS,
    PANEL,
    PANELS,
    LINES,
    TILES,
    LOW_TILES,
    C,
    C_PITCH,
    ADDENDS,
    SCALES,
    LOW,
    HIGH,
    ZERO,
    /** Masks of the last panel's halves. */
    LAST_LEFT,
    LAST_RIGHT,
    /** Not arguments: where a line begins, a tile, and where C goes on. */
    LINE_A,
    TILE_A,
    LINES_LEFT;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp[] BASES = {Gp.RSI, Gp.RDX, Gp.RCX, Gp.RBX};
  private static final Gp PITCH = Gp.RAX;
  private static final Gp PITCH_3 = Gp.R8;
  private static final Gp PANEL = Gp.R9;
  private static final Gp COUNT = Gp.R10;
  private static final Gp FREE = Gp.R11;
  private static final Gp C = Gp.R12;
  private static final Gp TILES = Gp.R13;
  private static final Gp RUNS = Gp.R14;
  private static final Gp C_PITCH = Gp.R15;
  private static final Gp SCALES = Gp.RBP;

  private static final Vec LEFT = zmm(28);
  private static final Vec RIGHT = zmm(29);

  private final Assembler a = new Assembler();
  private final IntegerProductShape shape;

  private IntegerProductCode(IntegerProductShape shape) {
    this.shape = shape;
  }

  /** The code of a shape. */
  static Assembler write(IntegerProductShape shape) {
    return new IntegerProductCode(shape).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(PITCH, Slot.PIXEL_PITCH.memory());
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    a.mov(C_PITCH, Slot.C_PITCH.memory());
    var panel = new Label();
    var line = new Label();
    a.bind(panel);
    masks();
    a.mov(C, Slot.C.memory());
    a.mov(FREE, Slot.A.memory());
    a.mov(Slot.LINE_A.memory(), FREE);
    a.mov(FREE, Slot.LINES.memory());
    a.mov(Slot.LINES_LEFT.memory(), FREE);
    a.bind(line);
    a.mov(FREE, Slot.LINE_A.memory());
    a.mov(Slot.TILE_A.memory(), FREE);
    tiles(shape.height(), Slot.TILES);
    if (shape.low()) {
      tiles(shape.height() - 1, Slot.LOW_TILES);
    }
    a.mov(FREE, Slot.LINE_A.memory());
    a.add(FREE, Slot.LINE_STEP.memory());
    a.mov(Slot.LINE_A.memory(), FREE);
    a.mov(FREE, Slot.LINES_LEFT.memory());
    a.dec(FREE);
    a.mov(Slot.LINES_LEFT.memory(), FREE);
    a.jump(Condition.NOT_ZERO, line);
    next(panel);
    Frame.leave(a);
    return a;
  }

  /** Masks of the columns in both halves of the panel. */
  private void masks() {
    var last = new Label();
    var end = new Label();
    a.mov(FREE, Slot.PANELS.memory());
    a.cmp(FREE, 1);
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

  /** On to the next panel: behind the one that was read. */
  private void next(Label panel) {
    a.mov(Slot.PANEL.memory(), PANEL);
    advance(Slot.C, IntegerPanels.WIDTH * (shape.bytes() ? 1 : Integer.BYTES));
    advance(Slot.ADDENDS, 2 * VECTOR);
    if (shape.bytes()) {
      advance(Slot.SCALES, 2 * VECTOR);
    }
    a.mov(FREE, Slot.PANELS.memory());
    a.dec(FREE);
    a.mov(Slot.PANELS.memory(), FREE);
    a.jump(Condition.NOT_ZERO, panel);
  }

  private void advance(Slot slot, int bytes) {
    a.mov(FREE, slot.memory());
    a.add(FREE, bytes);
    a.mov(slot.memory(), FREE);
  }

  /** All tiles of a height in a line. */
  private void tiles(int height, Slot count) {
    var tile = new Label();
    var none = new Label();
    a.mov(TILES, count.memory());
    a.test(TILES, TILES);
    a.jump(Condition.ZERO, none);
    a.bind(tile);
    bases(height);
    sums(height);
    finish(height);
    a.mov(FREE, PITCH);
    a.mov(COUNT, height);
    a.imul(FREE, COUNT);
    a.add(FREE, Slot.TILE_A.memory());
    a.mov(Slot.TILE_A.memory(), FREE);
    a.dec(TILES);
    a.jump(Condition.NOT_ZERO, tile);
    a.bind(none);
  }

  /** Rows of a tile that lie in one line. */
  private int line(int height) {
    return shape.twoLines() ? height / 2 : height;
  }

  /** The base of a row: one serves five of a line. */
  private int base(int height, int row) {
    int line = line(height);
    return row / line * Math.ceilDiv(line, 5) + row % line / 5;
  }

  private int bases(int height, boolean all) {
    return all ? base(height, height - 1) + 1 : Math.ceilDiv(line(height), 5);
  }

  private void bases(int height) {
    a.mov(BASES[0], Slot.TILE_A.memory());
    int inLine = bases(height, false);
    for (int i = 1; i < bases(height, true); i++) {
      if (i % inLine == 0) {
        a.mov(BASES[i], BASES[0]);
        a.add(BASES[i], Slot.LINE_PITCH.memory());
      } else {
        a.lea(BASES[i], at(BASES[i - 1], PITCH, 4));
        a.add(BASES[i], PITCH);
      }
    }
  }

  private Mem row(int height, int row) {
    Gp base = BASES[base(height, row)];
    int within = row % line(height) % 5;
    return switch (within) {
      case 0 -> at(base);
      case 3 -> at(base, PITCH_3, 1);
      default -> at(base, PITCH, within);
    };
  }

  /** Sums over all runs. */
  private void sums(int height) {
    for (int i = 0; i < 2 * height; i++) {
      a.vpxord(zmm(i), zmm(i), zmm(i));
    }
    a.mov(PANEL, Slot.PANEL.memory());
    a.mov(RUNS, Slot.RUNS.memory());
    int unrolled = height > 7 ? 2 : 4;
    var run = new Label();
    var loop = new Label();
    var rest = new Label();
    var single = new Label();
    var end = new Label();
    a.bind(run);
    a.mov(COUNT, Slot.GROUPS.memory());
    a.sub(COUNT, unrolled);
    a.jump(Condition.LESS, rest);
    a.bind(loop);
    for (int i = 0; i < unrolled; i++) {
      group(height, i);
    }
    forward(height, unrolled);
    a.sub(COUNT, unrolled);
    a.jump(Condition.NOT_LESS, loop);
    a.bind(rest);
    a.add(COUNT, unrolled);
    a.jump(Condition.ZERO, end);
    a.bind(single);
    group(height, 0);
    forward(height, 1);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, single);
    a.bind(end);
    for (int i = 0; i < bases(height, true); i++) {
      a.add(BASES[i], Slot.RUN_STEP.memory());
    }
    a.dec(RUNS);
    a.jump(Condition.NOT_ZERO, run);
  }

  /** Adds the products of one group of k. */
  private void group(int height, int i) {
    a.vmovdqu32(LEFT, at(PANEL, i * GROUP_BYTES));
    a.vmovdqu32(RIGHT, at(PANEL, i * GROUP_BYTES + VECTOR));
    for (int row = 0; row < height; row++) {
      Vec factor = zmm(30 + (row & 1));
      a.vpbroadcastd(factor, row(height, row).plus(i * IntegerPanels.GROUP));
      a.vpdpbusd(zmm(2 * row), factor, LEFT);
      a.vpdpbusd(zmm(2 * row + 1), factor, RIGHT);
    }
  }

  private void forward(int height, int groups) {
    for (int i = 0; i < bases(height, true); i++) {
      a.add(BASES[i], groups * IntegerPanels.GROUP);
    }
    a.add(PANEL, groups * GROUP_BYTES);
  }

  /** Stores the sums of a tile as what they become. */
  private void finish(int height) {
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
          a.vmovdqu8(at(C, half * VECTOR / Integer.BYTES).masked(k(1 + half)), zmm(31).of(16));
        } else {
          a.vmovdqu32(at(C, half * VECTOR).masked(k(1 + half)), sum);
        }
      }
      a.add(C, C_PITCH);
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
