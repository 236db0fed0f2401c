package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the transform of products {@code [position][tile][out channel]} to the pixels of tiles
 * side by side: a vector of channels at a time, through the epilogue to y. Pixels outside of y are
 * left out.
 */
final class WinogradOutputCode {
  /** The arguments, in their order. */
  enum Slot {
    SUMS,
    POSITION_PITCH,
    TILE_PITCH,
    TILES,
    /** Vectors of channels. */
    VECTORS,
    /** The channels of the last of them. */
    LAST_LANES,
    /** Those of the others. */
    ALL_LANES,
    Y,
    LINE_PITCH,
    PIXEL_PITCH,
    /** Lines of a tile that y has. */
    LINES,
    /** Columns of y from the first tile on. */
    COLUMNS,
    BIAS,
    RESIDUAL,
    LOW,
    HIGH,
    /** Variables: of the present vector, and where the stack was. */
    LANES,
    STACK;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp COLUMN_SUMS = Gp.RSI;
  private static final Gp PIXEL = Gp.RSI; // after the sums of the last column
  private static final Gp LINE_Y = Gp.RDX;
  private static final Gp POSITION_PITCH = Gp.RCX;
  private static final Steps LINES = new Steps(Gp.RAX, Gp.R8, Gp.R9);
  private static final Gp PIXEL_PITCH = Gp.R10;
  private static final Gp FREE = Gp.R11;
  private static final Gp COLUMNS = Gp.R12;
  private static final Gp VECTORS = Gp.R13;
  private static final Gp RESIDUAL = Gp.R14;
  private static final Gp BIAS = Gp.R15;
  private static final Gp VECTOR_SUMS = Gp.RBX;
  private static final Gp VECTOR_Y = Gp.RBP;

  private final Assembler a;
  private final VectorLevel level;
  private final Scratch scratch;
  private final WinogradShape shape;
  private final WinogradOutputSums sums;
  private final SumEnding ending;

  /** Whether a vector may be a part. */
  private boolean part;

  private WinogradOutputCode(WinogradShape shape, VectorLevel level) {
    this.a = level.assembler();
    this.level = level;
    this.shape = shape;
    int lines = level.registers() > 16 ? 0 : shape.size();
    this.scratch = new Scratch(a, lines, shape.size() + 2, level.bytes(), Slot.STACK.memory());
    this.sums = new WinogradOutputSums(a, level, shape.size(), scratch);
    this.ending = new SumEnding(a, level, shape.ending(), Slot.LOW.memory(), Slot.HIGH.memory());
  }

  /** The code of a shape. */
  static Assembler write(WinogradShape shape, VectorLevel level) {
    return new WinogradOutputCode(shape, level).write();
  }

  private Assembler write() {
    int reach = shape.size() + 2;
    Frame.enter(a);
    scratch.enter();
    sums.constants(FREE);
    ending.begin();
    a.mov(POSITION_PITCH, Slot.POSITION_PITCH.memory());
    a.mov(FREE, reach);
    a.imul(FREE, POSITION_PITCH);
    a.mov(Slot.POSITION_PITCH.memory(), FREE);
    LINES.load(a, Slot.POSITION_PITCH.memory());
    a.mov(PIXEL_PITCH, Slot.PIXEL_PITCH.memory());
    a.mov(COLUMNS, Slot.COLUMNS.memory());
    if (shape.residual()) {
      a.mov(RESIDUAL, Slot.RESIDUAL.memory());
      a.sub(RESIDUAL, Slot.Y.memory());
    }
    var tile = new Label();
    a.bind(tile);
    tile();
    step(Slot.SUMS, Slot.TILE_PITCH.memory());
    a.mov(FREE, Slot.Y.memory());
    a.lea(FREE, at(FREE, PIXEL_PITCH, shape.size()));
    a.mov(Slot.Y.memory(), FREE);
    a.sub(COLUMNS, shape.size());
    a.mov(FREE, Slot.TILES.memory());
    a.dec(FREE);
    a.mov(Slot.TILES.memory(), FREE);
    a.jump(Condition.NOT_ZERO, tile);
    scratch.leave();
    Frame.leave(a);
    return a;
  }

  private void step(Slot slot, Mem distance) {
    a.mov(FREE, slot.memory());
    a.add(FREE, distance);
    a.mov(slot.memory(), FREE);
  }

  private void tile() {
    var vector = new Label();
    a.mov(VECTOR_SUMS, Slot.SUMS.memory());
    a.mov(VECTOR_Y, Slot.Y.memory());
    a.mov(VECTORS, Slot.VECTORS.memory());
    if (shape.bias()) {
      a.mov(BIAS, Slot.BIAS.memory());
    }
    a.bind(vector);
    lanes();
    a.mov(COLUMN_SUMS, VECTOR_SUMS);
    for (int column = 0; column < shape.size() + 2; column++) {
      sums.column(column, line -> LINES.from(COLUMN_SUMS, line));
      a.add(COLUMN_SUMS, POSITION_PITCH);
    }
    level.withLanes(
        a,
        Slot.LANES.memory(),
        FREE,
        isPart -> {
          part = isPart;
          lines();
        });
    a.add(VECTOR_SUMS, level.bytes());
    a.add(VECTOR_Y, level.bytes());
    if (shape.bias()) {
      a.add(BIAS, level.bytes());
    }
    a.dec(VECTORS);
    a.jump(Condition.NOT_ZERO, vector);
  }

  /** Finds out which channels of the vector there are. */
  private void lanes() {
    var last = new Label();
    a.mov(FREE, Slot.LAST_LANES.memory());
    a.cmp(VECTORS, 1);
    a.jump(Condition.ZERO, last);
    a.mov(FREE, Slot.ALL_LANES.memory());
    a.bind(last);
    a.mov(Slot.LANES.memory(), FREE);
  }

  private void lines() {
    var end = new Label();
    a.mov(LINE_Y, VECTOR_Y);
    for (int line = 0; line < shape.size(); line++) {
      if (line > 0) {
        a.mov(FREE, Slot.LINES.memory());
        a.cmp(FREE, line);
        a.jump(Condition.NOT_GREATER, end);
        a.add(LINE_Y, Slot.LINE_PITCH.memory());
      }
      sums.line(line);
      a.mov(PIXEL, LINE_Y);
      pixels(line);
    }
    a.bind(end);
  }

  private void pixels(int line) {
    var end = new Label();
    for (int column = 0; column < shape.size(); column++) {
      if (column > 0) {
        a.cmp(COLUMNS, column);
        a.jump(Condition.NOT_GREATER, end);
        a.add(PIXEL, PIXEL_PITCH);
      }
      Vec pixel = sums.pixel(line, column);
      if (shape.residual()) {
        ending.add(pixel, at(PIXEL, RESIDUAL, 1), part, 0);
      }
      if (shape.bias()) {
        ending.add(pixel, at(BIAS), part, 0);
      }
      ending.store(pixel, at(PIXEL), part, 0);
    }
    a.bind(end);
  }
}
