package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the transform of the pixels that tiles side by side read: a vector of channels at a time,
 * from the lines of an image to {@code [position][tile][channel]}. Columns outside of the image are
 * jumped over. Where a line is outside one inside is read, whose place is as good, and cleared.
 * Tiles whose lines are all inside have code of their own.
 *
 * <p>Of large tiles three lines of results are made at a time, so that all stays in registers.
 */
final class WinogradInputCode {
  /** The arguments, in their order. */
  enum Slot {
    /** The first pixel that is read. */
    X,
    /** From there to the first pixel of the first tile, which may be outside. */
    ORIGIN,
    LINE_PITCH,
    PIXEL_PITCH,
    /** Vectors of channels. */
    VECTORS,
    /** The channels of the last of them. */
    LAST_LANES,
    /** The first tile's first column, perhaps negative. */
    COLUMN,
    WIDTH,
    TILES,
    TO,
    POSITION_PITCH,
    TILE_PITCH,
    /**
     * For each line: all bits where it is inside of the image; where to read it, from the first.
     * Not needed where all are inside.
     */
    LINES;

    /** Variables, behind the lines. */
    static final Mem STACK = Frame.slot(32);

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp COLUMN_X = Gp.RSI;
  private static final Gp TO = Gp.RDX;
  private static final Gp PIXEL_PITCH = Gp.RCX;
  private static final Steps LINES = new Steps(Gp.RAX, Gp.R8, Gp.R9);
  private static final Steps POSITIONS = new Steps(Gp.R10, Gp.R11, Gp.RBX);
  private static final Gp COLUMN = Gp.R12;
  private static final Gp VECTORS = Gp.R13;
  private static final Gp FREE = Gp.R14;
  private static final Gp VECTOR_X = Gp.R15;
  private static final Gp VECTOR_TO = Gp.RBP;

  private final Assembler a;
  private final VectorLevel level;
  private final Scratch scratch;
  private final WinogradInputSums sums;
  private final int size;

  private final boolean inside;

  /** Whether a vector may be a part. */
  private boolean part;

  private WinogradInputCode(VectorLevel level, int size, boolean inside) {
    this.a = level.assembler();
    this.level = level;
    this.size = size;
    this.inside = inside;
    int lines = level.registers() > 16 ? 0 : size + 2;
    this.scratch = new Scratch(a, lines, size + 2, level.bytes(), Slot.STACK);
    this.sums = new WinogradInputSums(a, level, size, scratch, this::load, this::store);
  }

  /**
   * The code for tiles of two or of four pixels.
   *
   * @param inside whether all lines are inside of the image
   */
  static Assembler write(VectorLevel level, int size, boolean inside) {
    return new WinogradInputCode(level, size, inside).write();
  }

  private static Mem line(int line, int of) {
    return Slot.LINES.memory().plus((2 * line + of) * Long.BYTES);
  }

  private int reach() {
    return size + 2;
  }

  private void load(Vec to, int line) {
    if (inside) {
      load(to, LINES.from(COLUMN_X, line));
    } else if (level.partsAreApart()) {
      var outside = new Label();
      level.clear(a, to);
      a.mov(FREE, line(line, 0));
      a.test(FREE, FREE);
      a.jump(Condition.ZERO, outside);
      a.mov(FREE, line(line, 1));
      load(to, at(COLUMN_X, FREE, 1));
      a.bind(outside);
    } else {
      a.mov(FREE, line(line, 1));
      a.vmovups(to.zeroed(k(1 + line)), at(COLUMN_X, FREE, 1));
    }
  }

  private void load(Vec to, Mem from) {
    if (part) {
      level.load(a, to, from, 0);
    } else {
      a.vmovups(to, from);
    }
  }

  private void store(Vec from, int position) {
    a.vmovups(POSITIONS.from(TO, position), from);
  }

  private Assembler write() {
    Frame.enter(a);
    scratch.enter();
    sums.constants(FREE);
    LINES.load(a, Slot.LINE_PITCH.memory());
    POSITIONS.load(a, Slot.POSITION_PITCH.memory());
    a.mov(PIXEL_PITCH, Slot.PIXEL_PITCH.memory());
    a.mov(COLUMN, Slot.COLUMN.memory());
    a.mov(FREE, Slot.X.memory());
    a.add(FREE, Slot.ORIGIN.memory());
    a.mov(Slot.X.memory(), FREE);
    var tile = new Label();
    a.bind(tile);
    tile();
    a.mov(FREE, Slot.X.memory());
    a.lea(FREE, at(FREE, PIXEL_PITCH, size));
    a.mov(Slot.X.memory(), FREE);
    a.mov(FREE, Slot.TO.memory());
    a.add(FREE, Slot.TILE_PITCH.memory());
    a.mov(Slot.TO.memory(), FREE);
    a.add(COLUMN, size);
    a.mov(FREE, Slot.TILES.memory());
    a.dec(FREE);
    a.mov(Slot.TILES.memory(), FREE);
    a.jump(Condition.NOT_ZERO, tile);
    scratch.leave();
    Frame.leave(a);
    return a;
  }

  private void tile() {
    a.mov(VECTOR_X, Slot.X.memory());
    a.mov(VECTOR_TO, Slot.TO.memory());
    a.mov(VECTORS, Slot.VECTORS.memory());
    var vector = new Label();
    a.bind(vector);
    if (level.partsAreApart()) {
      apart();
    } else {
      masks();
      part = true;
      vector();
    }
    a.add(VECTOR_X, level.bytes());
    a.add(VECTOR_TO, level.bytes());
    a.dec(VECTORS);
    a.jump(Condition.NOT_ZERO, vector);
  }

  /** Code for a last vector that is a part, and for all others. */
  private void apart() {
    var whole = new Label();
    var end = new Label();
    a.cmp(VECTORS, 1);
    a.jump(Condition.NOT_ZERO, whole);
    level.jumpIfWhole(a, Slot.LAST_LANES.memory(), FREE, whole);
    part = true;
    vector();
    a.jmp(end);
    a.bind(whole);
    part = false;
    vector();
    a.bind(end);
  }

  private void vector() {
    a.mov(TO, VECTOR_TO);
    for (int half = 0; half < sums.parts(); half++) {
      a.mov(COLUMN_X, VECTOR_X);
      for (int column = 0; column < reach(); column++) {
        column(half, column);
      }
      for (int line = 0; line < sums.lines(); line++) {
        sums.line(line);
        a.lea(TO, POSITIONS.from(TO, reach()));
      }
    }
  }

  /** Masks: all channels, or those that there are; of lines outside none. */
  private void masks() {
    var whole = new Label();
    a.mov(FREE, -1);
    a.cmp(VECTORS, 1);
    a.jump(Condition.NOT_ZERO, whole);
    a.mov(FREE, Slot.LAST_LANES.memory());
    a.bind(whole);
    if (inside) {
      a.kmovw(k(1), FREE);
      return;
    }
    for (int line = 0; line < reach(); line++) {
      a.mov(TO, line(line, 0));
      a.and(TO, FREE);
      a.kmovw(k(1 + line), TO);
    }
  }

  private void column(int half, int column) {
    var outside = new Label();
    var end = new Label();
    a.lea(FREE, at(COLUMN, column));
    a.cmp(FREE, Slot.WIDTH.memory());
    a.jump(Condition.NOT_BELOW, outside); // negative ones are large without their sign
    if (part) {
      level.useLanes(a, Slot.LAST_LANES.memory(), 0, FREE);
    }
    sums.column(half, column);
    a.jmp(end);
    a.bind(outside);
    sums.zeros(column);
    a.bind(end);
    a.add(COLUMN_X, PIXEL_PITCH);
  }
}
