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
 * Writes the splitting of floats into numbers of bfloat16 whose sum they are, in tiles as their
 * products want them: an int holds the parts of elements i and i + 16 of a step of k.
 *
 * <p>A part is the rest so far rounded to eight bits, ties away from zero, and what it leaves is
 * exact: after the second part of a float's 24 bits no more than seven are left, which are the
 * third. That holds as long as no part is subnormal, which tiles take for zero, and no product
 * overflows. So rows are told that have a number outside of {@code 2^-103 <= |x| < 2^62} that is
 * not zero: their parts are of no use.
 */
final class SplitCode {
  /** Elements of k in a step, which is a row of a tile of bfloat16. */
  static final int STEP = 32;

  /** The bytes of a tile, and of its rows. */
  static final int TILE_BYTES = 1024;

  static final int TILE_ROW = 64;

  /** The bits of 2^62, from which on numbers are too large. */
  private static final int HIGH = (62 + 127) << 23;

  /** What the bits of numbers that are large enough, 2^-103 at least, lack to 2^31 at most. */
  private static final int LOW = 0x8000_0000 - ((127 - 103) << 23);

  private static final int HALF_BIT = 0x8000;
  private static final int UPPER_BITS = 0xFFFF_0000;
  private static final int NOT_LESS = 5;
  private static final int GREATER = 6;

  /** The arguments, in their order. */
  enum Slot {
    FROM,
    PITCH,
    /** Rows of a tile. */
    ROWS,
    TILES,
    TO,
    /** Bytes from a tile's rows to the next one's. */
    TO_PITCH,
    /** Whole steps of k. */
    STEPS,
    /** The elements of the step that is not whole, as bits; 0 for none. */
    TAIL,
    /** An int for each row, not 0 if it has no parts, */
    FLAGS,
    /** which stays so where this is -1; else 0. */
    FLAGS_KEPT,
    /** The same over all rows. */
    ANY,
    ANY_KEPT,
    /** Bytes from a step's parts to the next one's, for pixels. */
    STEP_TO;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp FROM = Gp.R8;
  private static final Gp TO = Gp.R9;
  private static final Gp COUNT = Gp.R10;
  private static final Gp FREE = Gp.R11;
  private static final Gp ROWS = Gp.R12;
  private static final Gp ROW_TO = Gp.R13;
  private static final Gp ROW_FROM = Gp.R14;
  private static final Gp TILES = Gp.R15;
  private static final Gp ANY = Gp.RBX;
  private static final Gp FLAGS = Gp.RSI;

  private static final Vec LARGEST = zmm(24);
  private static final Vec SMALLEST = zmm(25);
  private static final Vec LOW_LIMIT = zmm(27);
  private static final Vec HIGH_LIMIT = zmm(28);
  private static final Vec ZERO = zmm(29);
  private static final Vec UPPER = zmm(30);
  private static final Vec HALF = zmm(31);

  private final Assembler a = new Assembler();
  private final int parts;
  private final int secondAt;
  private final int stepFrom;
  private final int partTo;
  private final int rowTo;
  private final boolean apart;

  private SplitCode(int parts, int secondAt, int stepFrom, int partTo, int rowTo, boolean apart) {
    this.parts = parts;
    this.secondAt = secondAt;
    this.stepFrom = stepFrom;
    this.partTo = partTo;
    this.rowTo = rowTo;
    this.apart = apart;
  }

  /** Rows of a left operand: steps lie one behind the other. */
  static Assembler ofRows(int parts) {
    return new SplitCode(parts, TILE_ROW, 2 * TILE_ROW, TILE_BYTES, TILE_ROW, false).write();
  }

  /** Pixels, whose parts lie side by side; their steps lie apart. */
  static Assembler ofPixels(int parts) {
    return new SplitCode(parts, TILE_ROW, 2 * TILE_ROW, TILE_ROW, parts * TILE_ROW, true).write();
  }

  /**
   * Half a panel, whose columns are lanes: element i of a step is a row of the panel, and row i of
   * the tile goes with rows i and i + 16. A step's two tiles lie side by side.
   */
  static Assembler ofPanels(int parts) {
    int row = MachineKernels.WIDTH * Float.BYTES;
    return new SplitCode(parts, STEP / 2 * row, STEP * row, 2 * TILE_BYTES, TILE_ROW, false)
        .write();
  }

  private Assembler write() {
    Frame.enter(a);
    constant(HALF, HALF_BIT);
    constant(UPPER, UPPER_BITS);
    constant(HIGH_LIMIT, HIGH);
    constant(LOW_LIMIT, LOW);
    a.vpxord(ZERO, ZERO, ZERO);
    a.mov(FREE, Slot.TAIL.memory());
    a.kmovw(k(1), FREE);
    a.shr(FREE, STEP / 2);
    a.kmovw(k(2), FREE);
    a.xor(ANY, ANY);
    a.mov(FLAGS, Slot.FLAGS.memory());
    a.mov(ROW_FROM, Slot.FROM.memory());
    a.mov(TILES, Slot.TILES.memory());
    var tile = new Label();
    var row = new Label();
    a.bind(tile);
    a.mov(ROW_TO, Slot.TO.memory());
    a.mov(ROWS, Slot.ROWS.memory());
    a.bind(row);
    row();
    flag();
    a.add(ROW_FROM, Slot.PITCH.memory());
    a.add(ROW_TO, rowTo);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    a.mov(FREE, Slot.TO.memory());
    a.add(FREE, Slot.TO_PITCH.memory());
    a.mov(Slot.TO.memory(), FREE);
    a.dec(TILES);
    a.jump(Condition.NOT_ZERO, tile);
    a.mov(FLAGS, Slot.ANY.memory());
    keep(Slot.ANY_KEPT, ANY);
    Frame.leave(a);
    return a;
  }

  private void constant(Vec to, int bits) {
    a.mov(FREE, bits);
    a.vpbroadcastd(to, FREE);
  }

  /** All steps of a row. */
  private void row() {
    var step = new Label();
    var tail = new Label();
    var end = new Label();
    a.mov(FROM, ROW_FROM);
    a.mov(TO, ROW_TO);
    a.vpxord(LARGEST, LARGEST, LARGEST);
    a.vpxord(SMALLEST, SMALLEST, SMALLEST);
    a.mov(COUNT, Slot.STEPS.memory());
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, tail);
    a.bind(step);
    a.vmovups(zmm(0), at(FROM));
    a.vmovups(zmm(1), at(FROM, secondAt));
    split();
    a.add(FROM, stepFrom);
    if (apart) {
      a.add(TO, Slot.STEP_TO.memory());
    } else {
      a.add(TO, parts * partTo);
    }
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, step);
    a.bind(tail);
    a.mov(FREE, Slot.TAIL.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, end);
    a.vmovups(zmm(0).zeroed(k(1)), at(FROM));
    a.vmovups(zmm(1).zeroed(k(2)), at(FROM, secondAt));
    split();
    a.bind(end);
  }

  /** Writes the parts of two vectors together. */
  private void split() {
    measure(zmm(0));
    measure(zmm(1));
    for (int part = 0; part < parts; part++) {
      boolean exact = part == TileShape.MOST_PARTS - 1;
      for (int i = 0; i < 2 && !exact; i++) {
        a.vpaddd(zmm(2 + i), zmm(i), HALF);
        a.vpandd(zmm(2 + i), zmm(2 + i), UPPER);
        if (part < parts - 1) {
          a.vsubps(zmm(i), zmm(i), zmm(2 + i));
        }
      }
      int first = exact ? 0 : 2;
      a.vpsrld(zmm(4), zmm(first), Short.SIZE);
      a.vpord(zmm(4), zmm(4), zmm(first + 1));
      a.vmovups(at(TO, part * partTo), zmm(4));
    }
  }

  /** Twice the bits without the sign tell the size; zero is neither too large nor too small. */
  private void measure(Vec values) {
    a.vpaddd(zmm(5), values, values);
    a.vpmaxud(LARGEST, LARGEST, zmm(5));
    a.vpsubd(zmm(5), ZERO, zmm(5));
    a.vpmaxud(SMALLEST, SMALLEST, zmm(5));
  }

  /** Tells whether a row has no parts. */
  private void flag() {
    a.vpsrld(LARGEST, LARGEST, 1);
    a.vpsrld(SMALLEST, SMALLEST, 1);
    a.vpcmpd(k(3), LARGEST, HIGH_LIMIT, NOT_LESS);
    a.vpcmpd(k(4), SMALLEST, LOW_LIMIT, GREATER);
    a.korw(k(3), k(3), k(4));
    a.kmovw(FREE, k(3));
    a.or(ANY, FREE);
    keep(Slot.FLAGS_KEPT, FREE);
    a.add(FLAGS, Integer.BYTES);
  }

  /** Writes a flag, with what is to be kept of the one that is there. */
  private void keep(Slot kept, Gp flag) {
    a.movsxd(Gp.RAX, at(FLAGS));
    a.mov(Gp.RCX, kept.memory());
    a.and(Gp.RAX, Gp.RCX);
    a.or(Gp.RAX, flag);
    a.movd(at(FLAGS), Gp.RAX);
  }
}
