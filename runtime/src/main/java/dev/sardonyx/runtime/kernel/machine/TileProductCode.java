package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.kernel.machine.SplitCode.TILE_BYTES;
import static dev.sardonyx.runtime.kernel.machine.SplitCode.TILE_ROW;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Tile.tmm;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;

/**
 * Writes products of tiles: for each panel, block of k by block, two tiles of rows at a time with
 * the panel's two tiles, in four tiles of sums. Sums of the first block go to memory, those of
 * further ones are added there, so that they stay as exact as with short rows; what lies there at
 * the end goes through the {@link TileEnding} to C.
 *
 * <p>Of the parts of two numbers all products are taken but those below the last bit of a float:
 * those of small parts first.
 */
final class TileProductCode {
  /**
   * Steps of k in a block times parts: as much of a panel and of a block of rows stays in the
   * second cache. Of fewer parts blocks are longer, for sums are less exact there anyway.
   */
  private static final int MOST_STEPS = 72;

  /** The bytes of a row of sums, and of a tile of rows of them. */
  static final int SUM_ROW = MachineKernels.WIDTH * Float.BYTES;

  static final int SUM_BYTES = 16 * SUM_ROW;

  /** The arguments, in their order. */
  enum Slot {
    /** Parts of rows, {@code [tile of rows][step][part][row][step's elements]}. */
    A,
    /** Bytes from a tile of rows to the next. */
    A_PITCH,
    /** For pixels how far from A each step's parts of a tile begin, which lie row by row. */
    STEPS_AT,
    /** Parts of panels, {@code [panel][step][part][half][pair of k][column][2]}. */
    PANELS,
    PANEL_PITCH,
    STEPS,
    /** The shapes of tiles. */
    SHAPES,
    /** Sums of all tiles of rows. */
    SUMS,
    /** Sums of a block of k, of two tiles of rows. */
    MORE_SUMS,
    /** Tiles of rows; */
    TILES,
    /** the rows of one, */
    HEIGHT,
    /** and how many have so many: the others have one less. */
    TALL,
    /** An int for each row, above 0 where C is to stay as it is, below where it has no such row. */
    FLAGS,
    C,
    C_PITCH,
    BIAS,
    RESIDUAL,
    LOW,
    HIGH,
    COUNT,
    /** The columns of the last panel, as bits. */
    LAST_COLUMNS,
    /** Not arguments: steps that are left, and where those of A and of the panel begin. */
    LEFT,
    BLOCK_A,
    BLOCK_PANEL;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  /** Which part of A goes with which of a panel, 0 for the largest: of six, three, or one. */
  private static final int[][][] ORDERS = {
    {{0, 0}}, {{1, 0}, {0, 0}, {0, 1}}, {{2, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 2}, {0, 0}}
  };

  private static final int LINE = 64;

  private static final Gp ROW = Gp.RAX;
  private static final Gp LEFT_ROW = Gp.RBP;
  private static final Gp STEP_AT = Gp.RSI;
  private static final Gp SUM_PITCH = Gp.RBX;
  private static final Gp UPPER = Gp.R8;
  private static final Gp LOWER = Gp.R9;
  private static final Gp PANEL = Gp.R10;
  private static final Gp COUNT = Gp.R11;
  private static final Gp SUMS = Gp.R12;
  private static final Gp A = Gp.R13;
  private static final Gp TILES = Gp.R14;
  private static final Gp BLOCK = Gp.R15;
  private static final Gp FREE = Gp.RCX;
  private static final Gp TO = Gp.RDX;

  private final Assembler a = new Assembler();
  private final TileShape shape;
  private final TileEnding ending;

  private TileProductCode(TileShape shape) {
    this.shape = shape;
    this.ending = new TileEnding(a, shape);
  }

  /** The code of a shape. */
  static Assembler write(TileShape shape) {
    return new TileProductCode(shape).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(FREE, Slot.SHAPES.memory());
    a.ldtilecfg(at(FREE));
    a.mov(ROW, TILE_ROW);
    a.mov(LEFT_ROW, shape.pixels() ? shape.parts() * TILE_ROW : TILE_ROW);
    a.mov(SUM_PITCH, SUM_ROW);
    ending.begin();
    var panel = new Label();
    a.bind(panel);
    blocks();
    ending.finish();
    advance(Slot.PANELS, Slot.PANEL_PITCH.memory());
    a.mov(FREE, Slot.COUNT.memory());
    a.dec(FREE);
    a.mov(Slot.COUNT.memory(), FREE);
    a.jump(Condition.NOT_ZERO, panel);
    a.tilerelease();
    Frame.leave(a);
    return a;
  }

  private void advance(Slot slot, Mem bytes) {
    a.mov(FREE, slot.memory());
    a.add(FREE, bytes);
    a.mov(slot.memory(), FREE);
  }

  /** All of k for a panel. */
  private void blocks() {
    a.mov(FREE, Slot.STEPS.memory());
    a.mov(Slot.LEFT.memory(), FREE);
    a.mov(FREE, (shape.pixels() ? Slot.STEPS_AT : Slot.A).memory());
    a.mov(Slot.BLOCK_A.memory(), FREE);
    a.mov(FREE, Slot.PANELS.memory());
    a.mov(Slot.BLOCK_PANEL.memory(), FREE);
    var block = new Label();
    var whole = new Label();
    a.bind(block);
    a.mov(BLOCK, MOST_STEPS / shape.parts());
    a.cmp(BLOCK, Slot.LEFT.memory());
    a.jump(Condition.LESS, whole);
    a.mov(BLOCK, Slot.LEFT.memory());
    a.bind(whole);
    rows();
    a.mov(TO, shape.parts() * TILE_BYTES);
    a.imul(TO, BLOCK);
    a.mov(FREE, Slot.BLOCK_A.memory());
    if (shape.pixels()) {
      a.lea(FREE, at(FREE, BLOCK, Long.BYTES));
    } else {
      a.add(FREE, TO);
    }
    a.mov(Slot.BLOCK_A.memory(), FREE);
    a.mov(FREE, Slot.BLOCK_PANEL.memory());
    a.lea(FREE, at(FREE, TO, 2));
    a.mov(Slot.BLOCK_PANEL.memory(), FREE);
    a.mov(FREE, Slot.LEFT.memory());
    a.sub(FREE, BLOCK);
    a.mov(Slot.LEFT.memory(), FREE);
    a.jump(Condition.NOT_ZERO, block);
  }

  /** All tiles of rows for a block of k. */
  private void rows() {
    var pair = new Label();
    var single = new Label();
    var end = new Label();
    a.mov(A, (shape.pixels() ? Slot.A : Slot.BLOCK_A).memory());
    a.mov(SUMS, Slot.SUMS.memory());
    a.mov(TILES, Slot.TILES.memory());
    a.bind(pair);
    a.sub(TILES, 2);
    a.jump(Condition.LESS, single);
    sums(2);
    a.add(A, Slot.A_PITCH.memory());
    a.add(A, Slot.A_PITCH.memory());
    a.add(SUMS, 2 * SUM_BYTES);
    a.jmp(pair);
    a.bind(single);
    a.add(TILES, 2);
    a.jump(Condition.ZERO, end);
    sums(1);
    a.bind(end);
  }

  private void sums(int height) {
    var step = new Label();
    if (shape.pixels()) {
      a.mov(STEP_AT, Slot.BLOCK_A.memory());
    } else {
      a.mov(UPPER, A);
      a.mov(LOWER, A);
      a.add(LOWER, Slot.A_PITCH.memory());
    }
    a.mov(PANEL, Slot.BLOCK_PANEL.memory());
    a.mov(COUNT, BLOCK);
    for (int i = 0; i < 2 * height; i++) {
      a.tilezero(tmm(i));
    }
    a.bind(step);
    if (shape.pixels()) {
      a.mov(UPPER, at(STEP_AT));
      a.add(UPPER, A);
      a.mov(LOWER, UPPER);
      a.add(LOWER, Slot.A_PITCH.memory());
      a.add(STEP_AT, Long.BYTES);
    }
    step(height);
    if (!shape.pixels()) {
      a.add(UPPER, shape.parts() * TILE_BYTES);
      a.add(LOWER, shape.parts() * TILE_BYTES);
    }
    a.add(PANEL, 2 * shape.parts() * TILE_BYTES);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, step);
    leave(height);
  }

  /** The products of a step of k; what the next one reads is asked for between them. */
  private void step(int height) {
    int[][] order = ORDERS[shape.parts() - 1];
    int parts = shape.parts();
    int lines = parts * TILE_BYTES / LINE * (shape.pixels() ? 2 : height + 2);
    int gaps = order.length * 2 * height;
    int left = -1;
    int right = -1;
    int gap = 0;
    for (int[] product : order) {
      for (int i = 0; i < height; i++) {
        if (left != product[0]) {
          int part = product[0] * (shape.pixels() ? TILE_ROW : TILE_BYTES);
          a.tileloadd(tmm(4 + i), at(i == 0 ? UPPER : LOWER, LEFT_ROW, 1, part));
        }
        for (int j = 0; j < 2; j++) {
          if (i == 0 && right != product[1]) {
            a.tileloadd(tmm(6 + j), at(PANEL, ROW, 1, (2 * product[1] + j) * TILE_BYTES));
          }
          a.tdpbf16ps(tmm(2 * i + j), tmm(4 + i), tmm(6 + j));
          for (int line = lines * gap / gaps; line < lines * (gap + 1) / gaps; line++) {
            a.prefetcht0(line(line));
          }
          gap++;
        }
      }
      left = product[0];
      right = product[1];
    }
  }

  /** A line of what the next step reads: of the panel, of the upper tile, of the lower one. */
  private Mem line(int line) {
    int bytes = shape.parts() * TILE_BYTES;
    int at = line * LINE;
    if (at < 2 * bytes) {
      return at(PANEL, 2 * bytes + at);
    }
    return at < 3 * bytes ? at(UPPER, at - bytes) : at(LOWER, at - 2 * bytes);
  }

  /** Leaves sums of the first block, or adds those of another one to those before. */
  private void leave(int height) {
    var first = new Label();
    var end = new Label();
    a.mov(FREE, Slot.LEFT.memory());
    a.cmp(FREE, Slot.STEPS.memory());
    a.jump(Condition.ZERO, first);
    a.mov(TO, Slot.MORE_SUMS.memory());
    store(height);
    a.mov(FREE, SUMS);
    a.mov(COUNT, height * SUM_BYTES / LINE / 8);
    var more = new Label();
    a.bind(more);
    for (int i = 0; i < 8; i++) {
      a.vmovups(zmm(i), at(TO, i * LINE));
      a.vaddps(zmm(i), zmm(i), at(FREE, i * LINE));
      a.vmovups(at(FREE, i * LINE), zmm(i));
    }
    a.add(TO, 8 * LINE);
    a.add(FREE, 8 * LINE);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, more);
    a.jmp(end);
    a.bind(first);
    a.mov(TO, SUMS);
    store(height);
    a.bind(end);
  }

  private void store(int height) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < 2; j++) {
        a.tilestored(at(TO, SUM_PITCH, 1, i * SUM_BYTES + j * TILE_ROW), tmm(2 * i + j));
      }
    }
  }
}
