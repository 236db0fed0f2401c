package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the transform of the pixels that tiles side by side read, for AVX-512: sixteen channels at
 * a time, from the lines of an image to {@code [position][tile][channel]}. Columns outside of the
 * image are jumped over. Lines outside are read under empty masks, at places inside all the same:
 * where there is no memory the processor would take hundreds of cycles to find that nothing is
 * read. Tiles whose lines are all inside have code of their own.
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
    /** The channels of the last of them, a bit each. */
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

  private final Assembler a = new Assembler();
  private final WinogradInputSums sums;
  private final int size;

  private final boolean inside;

  private WinogradInputCode(int size, boolean inside) {
    this.size = size;
    this.inside = inside;
    this.sums = new WinogradInputSums(a, size, this::load, this::store);
  }

  /**
   * The code for tiles of two or of four pixels.
   *
   * @param inside whether all lines are inside of the image
   */
  static Assembler write(int size, boolean inside) {
    return new WinogradInputCode(size, inside).write();
  }

  private static Mem line(int line, int of) {
    return Slot.LINES.memory().plus((2 * line + of) * Long.BYTES);
  }

  private int reach() {
    return size + 2;
  }

  private void load(Vec to, int line) {
    if (inside) {
      a.vmovups(to.zeroed(k(1)), LINES.from(COLUMN_X, line));
    } else {
      a.mov(FREE, line(line, 1));
      a.vmovups(to.zeroed(k(1 + line)), at(COLUMN_X, FREE, 1));
    }
  }

  private void store(Vec from, int position) {
    a.vmovups(POSITIONS.from(TO, position), from);
  }

  private Assembler write() {
    Frame.enter(a);
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
    Frame.leave(a);
    return a;
  }

  private void tile() {
    a.mov(VECTOR_X, Slot.X.memory());
    a.mov(VECTOR_TO, Slot.TO.memory());
    a.mov(VECTORS, Slot.VECTORS.memory());
    var vector = new Label();
    a.bind(vector);
    masks();
    a.mov(TO, VECTOR_TO);
    for (int part = 0; part < sums.parts(); part++) {
      a.mov(COLUMN_X, VECTOR_X);
      for (int column = 0; column < reach(); column++) {
        column(part, column);
      }
      for (int line = 0; line < sums.lines(); line++) {
        sums.line(line);
        a.lea(TO, POSITIONS.from(TO, reach()));
      }
    }
    a.add(VECTOR_X, zmm(0).bytes());
    a.add(VECTOR_TO, zmm(0).bytes());
    a.dec(VECTORS);
    a.jump(Condition.NOT_ZERO, vector);
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

  private void column(int part, int column) {
    var outside = new Label();
    var end = new Label();
    a.lea(FREE, at(COLUMN, column));
    a.cmp(FREE, Slot.WIDTH.memory());
    a.jump(Condition.NOT_BELOW, outside); // negative ones are large without their sign
    sums.column(part, column);
    a.jmp(end);
    a.bind(outside);
    sums.zeros(column);
    a.bind(end);
    a.add(COLUMN_X, PIXEL_PITCH);
  }
}
