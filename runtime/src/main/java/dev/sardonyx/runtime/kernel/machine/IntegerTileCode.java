package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Tile.tmm;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes products of 8-bit numbers by the tiles of AMX: for each panel two tiles of rows at a time
 * with the panel's two halves, in four tiles of sums over all runs of k. Both operands are loaded
 * from where they lie. What is left of a run behind whole steps has tiles of its own, 6 and 7.
 *
 * <p>It has run on an emulator alone, never on a processor with AMX.
 */
final class IntegerTileCode {
  /** Bytes of k in a step. */
  static final int STEP = 64;

  /** Rows of a tile. */
  static final int TALLEST = 16;

  /** Bytes of a group of k in a panel; so many has a row of sums. */
  static final int GROUP_BYTES = IntegerPanels.WIDTH * IntegerPanels.GROUP;

  private static final int VECTOR = 64;
  private static final int STEP_PANEL = STEP / IntegerPanels.GROUP * GROUP_BYTES;
  private static final int SUM_BYTES = TALLEST * GROUP_BYTES;

  /** Sums on the stack, from a multiple of 64. */
  private static final int STACK = 2 * SUM_BYTES + VECTOR;

  /** The arguments, in their order. */
  enum Slot {
    A,
    PIXEL_PITCH,
    RUNS,
    /** From the end of a run's whole steps to the next run. */
    RUN_STEP,
    /** Whole steps of a run. */
    STEPS,
    /** Bytes of a panel that go with what is left of a run, or 0. */
    REST,
    PANEL,
    PANELS,
    /** The shapes of tiles. */
    SHAPES,
    HEIGHT,
    /** Rows of tiles; from one to the next in A and in C. */
    LINES,
    LINE_A_STEP,
    LINE_C_STEP,
    /** Tiles in a row of them, */
    TILES,
    /** how many units from one to the next, the last begins at LAST, */
    STRIDE,
    LAST,
    /** and the unit in A and in C. */
    UNIT_A,
    UNIT_C,
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
    /** Not arguments: where lines begin and tiles of C, and what is left of lines. */
    LINE_A,
    LINE_C,
    TILE_C,
    SECOND_C,
    LINES_LEFT;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp PIXEL_PITCH = Gp.RAX;
  private static final Gp ROW_PITCH = Gp.RBX;
  private static final Gp UPPER = Gp.R8;
  private static final Gp LOWER = Gp.R9;
  private static final Gp PANEL = Gp.R10;
  private static final Gp COUNT = Gp.R11;
  private static final Gp RUNS = Gp.R12;
  private static final Gp C = Gp.R13;
  private static final Gp TILES = Gp.R14;
  private static final Gp SUMS = Gp.R15;
  private static final Gp SCALES = Gp.RBP;
  private static final Gp FREE = Gp.RCX;
  private static final Gp POSITION = Gp.RDX;
  private static final Gp ROW = Gp.RSI;

  private final Assembler a = new Assembler();
  private final boolean bytes;

  private IntegerTileCode(boolean bytes) {
    this.bytes = bytes;
  }

  /**
   * The code.
   *
   * @param bytes whether sums become numbers of 8 bits
   */
  static Assembler write(boolean bytes) {
    return new IntegerTileCode(bytes).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(SUMS, Gp.RSP);
    a.sub(Gp.RSP, STACK);
    a.sub(SUMS, 2 * SUM_BYTES);
    a.shr(SUMS, 6);
    a.mov(FREE, VECTOR);
    a.imul(SUMS, FREE);
    a.mov(FREE, Slot.SHAPES.memory());
    a.ldtilecfg(at(FREE));
    a.mov(PIXEL_PITCH, Slot.PIXEL_PITCH.memory());
    a.mov(ROW_PITCH, GROUP_BYTES);
    if (bytes) {
      IntegerEndingCode.bounds(a, Slot.LOW.memory(), Slot.HIGH.memory(), Slot.ZERO.memory());
    }
    var panel = new Label();
    a.bind(panel);
    a.mov(FREE, Slot.PANELS.memory());
    a.cmp(FREE, 1);
    IntegerEndingCode.masks(a, FREE, Slot.LAST_LEFT.memory(), Slot.LAST_RIGHT.memory());
    lines();
    a.mov(Slot.PANEL.memory(), PANEL);
    advance(Slot.C, IntegerPanels.WIDTH * (bytes ? 1 : Integer.BYTES));
    advance(Slot.ADDENDS, 2 * VECTOR);
    if (bytes) {
      advance(Slot.SCALES, 2 * VECTOR);
    }
    a.mov(FREE, Slot.PANELS.memory());
    a.dec(FREE);
    a.mov(Slot.PANELS.memory(), FREE);
    a.jump(Condition.NOT_ZERO, panel);
    a.tilerelease();
    a.add(Gp.RSP, STACK);
    Frame.leave(a);
    return a;
  }

  private void advance(Slot slot, int by) {
    a.mov(FREE, slot.memory());
    a.add(FREE, by);
    a.mov(slot.memory(), FREE);
  }

  private void advance(Slot slot, Slot by) {
    a.mov(FREE, slot.memory());
    a.add(FREE, by.memory());
    a.mov(slot.memory(), FREE);
  }

  private void copy(Slot from, Slot to) {
    a.mov(FREE, from.memory());
    a.mov(to.memory(), FREE);
  }

  /** All rows of tiles for a panel. */
  private void lines() {
    var line = new Label();
    copy(Slot.A, Slot.LINE_A);
    copy(Slot.C, Slot.LINE_C);
    copy(Slot.LINES, Slot.LINES_LEFT);
    a.bind(line);
    tiles();
    advance(Slot.LINE_A, Slot.LINE_A_STEP);
    advance(Slot.LINE_C, Slot.LINE_C_STEP);
    a.mov(FREE, Slot.LINES_LEFT.memory());
    a.dec(FREE);
    a.mov(Slot.LINES_LEFT.memory(), FREE);
    a.jump(Condition.NOT_ZERO, line);
  }

  /** A row of tiles, by two; there is one at least. */
  private void tiles() {
    var pair = new Label();
    var single = new Label();
    var end = new Label();
    a.mov(POSITION, 0);
    a.mov(TILES, Slot.TILES.memory());
    a.bind(pair);
    a.sub(TILES, 2);
    a.jump(Condition.LESS, single);
    begin(UPPER, Slot.TILE_C);
    begin(LOWER, Slot.SECOND_C);
    sums(2);
    finish(2);
    a.jmp(pair);
    a.bind(single);
    a.add(TILES, 2);
    a.jump(Condition.ZERO, end);
    begin(UPPER, Slot.TILE_C);
    sums(1);
    finish(1);
    a.bind(end);
  }

  /** Where a tile begins; goes on to the next, which for the last may be some rows early. */
  private void begin(Gp from, Slot to) {
    var inside = new Label();
    a.mov(from, POSITION);
    a.mov(ROW, Slot.UNIT_A.memory());
    a.imul(from, ROW);
    a.add(from, Slot.LINE_A.memory());
    a.mov(FREE, POSITION);
    a.mov(ROW, Slot.UNIT_C.memory());
    a.imul(FREE, ROW);
    a.add(FREE, Slot.LINE_C.memory());
    a.mov(to.memory(), FREE);
    a.add(POSITION, Slot.STRIDE.memory());
    a.cmp(POSITION, Slot.LAST.memory());
    a.jump(Condition.LESS, inside);
    a.mov(POSITION, Slot.LAST.memory());
    a.bind(inside);
  }

  /** The sums of one tile of rows or two over all runs. */
  private void sums(int height) {
    var run = new Label();
    var step = new Label();
    var rest = new Label();
    var end = new Label();
    for (int i = 0; i < 2 * height; i++) {
      a.tilezero(tmm(i));
    }
    a.mov(PANEL, Slot.PANEL.memory());
    a.mov(RUNS, Slot.RUNS.memory());
    a.bind(run);
    a.mov(COUNT, Slot.STEPS.memory());
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, rest);
    a.bind(step);
    products(height, 4);
    a.add(UPPER, STEP);
    a.add(LOWER, STEP);
    a.add(PANEL, STEP_PANEL);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, step);
    a.bind(rest);
    a.mov(COUNT, Slot.REST.memory());
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, end);
    products(height, 6);
    a.add(PANEL, COUNT);
    a.bind(end);
    a.add(UPPER, Slot.RUN_STEP.memory());
    a.add(LOWER, Slot.RUN_STEP.memory());
    a.dec(RUNS);
    a.jump(Condition.NOT_ZERO, run);
    for (int i = 0; i < height; i++) {
      for (int half = 0; half < 2; half++) {
        a.tilestored(at(SUMS, ROW_PITCH, 1, i * SUM_BYTES + half * VECTOR), tmm(2 * i + half));
      }
    }
  }

  /** Adds the products of a step: one operand stays from each to the next. */
  private void products(int height, int first) {
    a.tileloadd(tmm(first + 1), at(PANEL, ROW_PITCH, 1));
    a.tileloadd(tmm(first), at(UPPER, PIXEL_PITCH, 1));
    a.tdpbusd(tmm(0), tmm(first), tmm(first + 1));
    if (height == 2) {
      a.tileloadd(tmm(first), at(LOWER, PIXEL_PITCH, 1));
      a.tdpbusd(tmm(2), tmm(first), tmm(first + 1));
      a.tileloadd(tmm(first + 1), at(PANEL, ROW_PITCH, 1, VECTOR));
      a.tdpbusd(tmm(3), tmm(first), tmm(first + 1));
      a.tileloadd(tmm(first), at(UPPER, PIXEL_PITCH, 1));
    } else {
      a.tileloadd(tmm(first + 1), at(PANEL, ROW_PITCH, 1, VECTOR));
    }
    a.tdpbusd(tmm(1), tmm(first), tmm(first + 1));
  }

  /** Stores the sums of tiles as what they become. */
  private void finish(int height) {
    a.mov(FREE, Slot.ADDENDS.memory());
    if (bytes) {
      a.mov(SCALES, Slot.SCALES.memory());
    }
    for (int half = 0; half < 2; half++) {
      a.vmovdqu32(zmm(2 + half), at(FREE, half * VECTOR));
    }
    for (int i = 0; i < height; i++) {
      var row = new Label();
      a.mov(C, (i == 0 ? Slot.TILE_C : Slot.SECOND_C).memory());
      a.lea(ROW, at(SUMS, i * SUM_BYTES));
      a.mov(COUNT, Slot.HEIGHT.memory());
      a.bind(row);
      for (int half = 0; half < 2; half++) {
        row(half);
      }
      a.add(ROW, GROUP_BYTES);
      a.add(C, Slot.C_PITCH.memory());
      a.dec(COUNT);
      a.jump(Condition.NOT_ZERO, row);
    }
  }

  private void row(int half) {
    Vec sum = zmm(half);
    a.vpaddd(sum, zmm(2 + half), at(ROW, half * VECTOR));
    if (bytes) {
      IntegerEndingCode.quantise(a, sum, at(SCALES, half * VECTOR));
      a.vmovdqu8(at(C, half * VECTOR / Integer.BYTES).masked(k(1 + half)), IntegerEndingCode.BYTES);
    } else {
      a.vmovdqu32(at(C, half * VECTOR).masked(k(1 + half)), sum);
    }
  }
}
