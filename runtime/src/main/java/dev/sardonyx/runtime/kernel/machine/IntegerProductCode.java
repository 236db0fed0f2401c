package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;

/**
 * Writes products of 8-bit numbers: for each panel all lines, for each line its tiles, their sums
 * in registers over all runs of k, which then become what is stored; of a panel all columns at
 * once, or one part after the other.
 *
 * <p>Rows are addressed through up to four bases and multiples of the distance of pixels.
 */
abstract sealed class IntegerProductCode permits LongIntegerProductCode, ShortIntegerProductCode {
  static final int GROUP_BYTES = IntegerPanels.WIDTH * IntegerPanels.GROUP;

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
    /** Of the last panel's halves masks, or the columns. */
    LAST_LEFT,
    LAST_RIGHT,
    /** Not arguments: where a line begins, a tile, and where C goes on. */
    LINE_A,
    TILE_A,
    LINES_LEFT,
    /** Nor these: the columns in a panel's halves; what is stored in part. */
    LEFT,
    RIGHT,
    STORED;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp[] BASES = {Gp.RSI, Gp.RDX, Gp.RCX, Gp.RBX};
  private static final Gp PITCH = Gp.RAX;
  private static final Gp PITCH_3 = Gp.R8;
  static final Gp PANEL = Gp.R9;
  static final Gp COUNT = Gp.R10;
  static final Gp FREE = Gp.R11;
  private static final Gp C = Gp.R12;
  private static final Gp TILES = Gp.R13;
  private static final Gp RUNS = Gp.R14;
  static final Gp C_PITCH = Gp.R15;
  static final Gp SCALES = Gp.RBP;

  /** Where a row of C is that is stored; one of the bases meanwhile. */
  static final Gp ROW = Gp.RCX;

  /** Free while sums are stored. */
  static final Gp ONE = Gp.RSI;

  private final int parts;
  final Assembler a;
  final IntegerProductShape shape;

  /**
   * The code to be.
   *
   * @param parts of a panel
   */
  IntegerProductCode(Assembler a, IntegerProductShape shape, int parts) {
    this.a = a;
    this.shape = shape;
    this.parts = parts;
  }

  /** The code of a shape. */
  static Assembler write(ByteProducts way, IntegerProductShape shape) {
    IntegerProductCode code =
        switch (way) {
          case LONG -> new LongIntegerProductCode(shape);
          case SHORT, WORDS -> new ShortIntegerProductCode(shape, way);
        };
    return code.write();
  }

  /** Prepares for the columns of a panel, the last where a flag of zero says so. */
  abstract void columns();

  /** Goes to a label where a part has no columns. */
  abstract void jumpIfEmpty(int part, Label empty);

  /** Makes the sums of a tile zero. */
  abstract void clear(int height);

  /** Adds the products of one group of k, some groups behind the one that registers point to. */
  abstract void group(int height, int i, int part);

  /** Stores the sums of a tile as what they become, from {@link #ROW} on. */
  abstract void finish(int height, int part);

  private Assembler write() {
    Frame.enter(a);
    a.mov(PITCH, Slot.PIXEL_PITCH.memory());
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    a.mov(C_PITCH, Slot.C_PITCH.memory());
    var panel = new Label();
    var line = new Label();
    a.bind(panel);
    a.mov(FREE, Slot.PANELS.memory());
    a.cmp(FREE, 1);
    columns();
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

  /** On to the next panel: behind the one that was read. */
  private void next(Label panel) {
    a.mov(Slot.PANEL.memory(), PANEL);
    advance(Slot.C, IntegerPanels.WIDTH * (shape.bytes() ? 1 : Integer.BYTES));
    advance(Slot.ADDENDS, IntegerPanels.WIDTH * Integer.BYTES);
    if (shape.bytes()) {
      advance(Slot.SCALES, IntegerPanels.WIDTH * Float.BYTES);
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
    for (int part = 0; part < parts; part++) {
      var empty = new Label();
      if (part > 0) {
        jumpIfEmpty(part, empty);
      }
      bases(height);
      sums(height, part);
      a.mov(ROW, C);
      finish(height, part);
      a.bind(empty);
    }
    a.mov(C, ROW);
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

  /** Where a row of a tile of A is. */
  final Mem row(int height, int row) {
    Gp base = BASES[base(height, row)];
    int within = row % line(height) % 5;
    return switch (within) {
      case 0 -> at(base);
      case 3 -> at(base, PITCH_3, 1);
      default -> at(base, PITCH, within);
    };
  }

  /** Sums over all runs. */
  private void sums(int height, int part) {
    clear(height);
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
      group(height, i, part);
    }
    forward(height, unrolled);
    a.sub(COUNT, unrolled);
    a.jump(Condition.NOT_LESS, loop);
    a.bind(rest);
    a.add(COUNT, unrolled);
    a.jump(Condition.ZERO, end);
    a.bind(single);
    group(height, 0, part);
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

  private void forward(int height, int groups) {
    for (int i = 0; i < bases(height, true); i++) {
      a.add(BASES[i], groups * IntegerPanels.GROUP);
    }
    a.add(PANEL, groups * GROUP_BYTES);
  }
}
