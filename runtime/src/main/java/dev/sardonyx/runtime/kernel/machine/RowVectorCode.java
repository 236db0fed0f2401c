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
 * Writes products of a vector and a matrix that is read as it lies, once: the dots of its rows, and
 * sums of its rows with factors ({@code Kernels.dotRows} and {@code sumRows}), for a stack of them.
 */
final class RowVectorCode {
  private static final int VECTOR = 64;
  private static final int LANES = VECTOR / Float.BYTES;

  /** Rows whose dots are computed beside each other: as many as a vector holds. */
  private static final int DOTS = LANES;

  /** Vectors of a block of columns, whose sums are kept twice. */
  private static final int VECTORS = 4;

  private static final int SUMS = 2 * VECTORS;

  // Of two vectors, each four quarters.
  private static final int EVEN_QUARTERS = 0x88;
  private static final int ODD_QUARTERS = 0xDD;

  /** The arguments, in their order; distances are in bytes. */
  enum Slot {
    COUNT,
    X,
    X_STEP,
    MATRIX,
    MATRIX_STEP,
    PITCH,
    ROWS,
    COLUMNS,
    Y,
    Y_STEP,
    /** Not an argument: where a group of rows begins. */
    GROUP;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp X = Gp.RSI;
  private static final Gp[] BASES = {Gp.R8, Gp.R9, Gp.R10, Gp.RBX};
  private static final Gp PITCH = Gp.RAX;
  private static final Gp PITCH_3 = Gp.RDX;
  private static final Gp ROWS = Gp.R12;
  private static final Gp LEFT = Gp.RCX;
  private static final Gp Y = Gp.R13;
  private static final Gp FACTORS = Gp.R14;
  private static final Gp FREE = Gp.R11;

  private static final Vec LOADED = zmm(30);
  private static final Vec OTHER = zmm(31);

  private final Assembler a = new Assembler();

  private RowVectorCode() {}

  /** The code of {@code dotRows}. */
  static Assembler dots() {
    return new RowVectorCode().all(true);
  }

  /** The code of {@code sumRows}. */
  static Assembler sums() {
    return new RowVectorCode().all(false);
  }

  private Assembler all(boolean dots) {
    var one = new Label();
    Frame.enter(a);
    a.mov(PITCH, Slot.PITCH.memory());
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    a.bind(one);
    a.mov(Y, Slot.Y.memory());
    if (dots) {
      writeDots();
    } else {
      writeSums();
    }
    advance(Slot.X, Slot.X_STEP);
    advance(Slot.MATRIX, Slot.MATRIX_STEP);
    advance(Slot.Y, Slot.Y_STEP);
    a.mov(FREE, Slot.COUNT.memory());
    a.dec(FREE);
    a.mov(Slot.COUNT.memory(), FREE);
    a.jump(Condition.NOT_ZERO, one);
    Frame.leave(a);
    return a;
  }

  private void advance(Slot place, Slot step) {
    a.mov(FREE, place.memory());
    a.add(FREE, step.memory());
    a.mov(place.memory(), FREE);
  }

  /** A mask of as many lanes as are left, at most all. */
  private void lanesLeft(Gp left) {
    var whole = new Label();
    a.mov(FREE, -1);
    a.cmp(left, LANES);
    a.jump(Condition.NOT_LESS, whole);
    a.bzhi(FREE, FREE, left); // which sees eight bits of a count
    a.bind(whole);
    a.kmovw(k(1), FREE);
  }

  /** Sixteen rows at a time, then one at a time, whose sums have the same order. */
  private void writeDots() {
    var several = new Label();
    var rest = new Label();
    var single = new Label();
    var end = new Label();
    a.mov(BASES[0], Slot.MATRIX.memory());
    a.mov(ROWS, Slot.ROWS.memory());
    a.sub(ROWS, DOTS);
    a.jump(Condition.LESS, rest);
    a.bind(several);
    dots(DOTS);
    a.add(Y, VECTOR);
    a.sub(ROWS, DOTS);
    a.jump(Condition.NOT_LESS, several);
    a.bind(rest);
    a.add(ROWS, DOTS);
    a.jump(Condition.ZERO, end);
    a.bind(single);
    dots(1);
    a.add(Y, Float.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, single);
    a.bind(end);
  }

  private void dots(int rows) {
    var vector = new Label();
    a.mov(Slot.GROUP.memory(), BASES[0]);
    for (int i = 1; i < BASES.length && 4 * i < rows; i++) {
      a.lea(BASES[i], at(BASES[i - 1], PITCH, 4));
    }
    a.mov(X, Slot.X.memory());
    a.mov(LEFT, Slot.COLUMNS.memory());
    for (int i = 0; i < rows; i++) {
      a.vpxord(zmm(i), zmm(i), zmm(i));
    }
    a.bind(vector);
    lanesLeft(LEFT);
    a.vmovups(LOADED.zeroed(k(1)), at(X));
    for (int i = 0; i < rows; i++) {
      a.vmovups(OTHER.zeroed(k(1)), row(i));
      a.vfmadd231ps(zmm(i), LOADED, OTHER);
    }
    a.add(X, VECTOR);
    for (int i = 0; 4 * i < rows; i++) {
      a.add(BASES[i], VECTOR);
    }
    a.sub(LEFT, LANES);
    a.jump(Condition.GREATER, vector);
    if (rows == 1) { // the same tree with fifteen rows of zeros
      for (int i = 1; i < DOTS; i++) {
        a.vpxord(zmm(i), zmm(i), zmm(i));
      }
    }
    gather();
    if (rows == 1) {
      a.mov(FREE, 1);
      a.kmovw(k(1), FREE);
      a.vmovups(at(Y).masked(k(1)), zmm(0));
    } else {
      a.vmovups(at(Y), zmm(0));
    }
    a.mov(BASES[0], Slot.GROUP.memory());
    a.mov(FREE, PITCH);
    if (rows == DOTS) {
      a.shl(FREE, 4);
    }
    a.add(BASES[0], FREE);
  }

  /** Adds the lanes of sixteen registers each: the sums become lanes of the first. */
  private void gather() {
    for (int i = 0; i < 8; i++) {
      a.vunpcklps(LOADED, zmm(2 * i), zmm(2 * i + 1));
      a.vunpckhps(OTHER, zmm(2 * i), zmm(2 * i + 1));
      a.vaddps(zmm(i), LOADED, OTHER);
    }
    for (int i = 0; i < 4; i++) {
      a.vunpcklpd(LOADED, zmm(2 * i), zmm(2 * i + 1));
      a.vunpckhpd(OTHER, zmm(2 * i), zmm(2 * i + 1));
      a.vaddps(zmm(i), LOADED, OTHER);
    }
    for (int count = 2; count > 0; count--) {
      for (int i = 0; i < count; i++) {
        a.vshuff32x4(LOADED, zmm(2 * i), zmm(2 * i + 1), EVEN_QUARTERS);
        a.vshuff32x4(OTHER, zmm(2 * i), zmm(2 * i + 1), ODD_QUARTERS);
        a.vaddps(zmm(i), LOADED, OTHER);
      }
    }
  }

  private static Mem row(int row) {
    Gp base = BASES[row / 4];
    return switch (row % 4) {
      case 0 -> at(base);
      case 3 -> at(base, PITCH_3, 1);
      default -> at(base, PITCH, row % 4);
    };
  }

  /** Blocks of columns, for each all rows: the even ones and the odd ones apart. */
  private void writeSums() {
    var block = new Label();
    var pair = new Label();
    var odd = new Label();
    var none = new Label();
    a.mov(BASES[0], Slot.MATRIX.memory());
    a.mov(LEFT, Slot.COLUMNS.memory());
    a.bind(block);
    masks();
    a.mov(X, BASES[0]);
    a.mov(FACTORS, Slot.X.memory());
    for (int i = 0; i < SUMS; i++) {
      a.vpxord(zmm(i), zmm(i), zmm(i));
    }
    a.mov(ROWS, Slot.ROWS.memory());
    a.sub(ROWS, 2);
    a.jump(Condition.LESS, odd);
    a.bind(pair);
    row(0, at(X), at(FACTORS));
    row(VECTORS, at(X, PITCH, 1), at(FACTORS, Float.BYTES));
    a.lea(X, at(X, PITCH, 2));
    a.add(FACTORS, 2 * Float.BYTES);
    a.sub(ROWS, 2);
    a.jump(Condition.NOT_LESS, pair);
    a.bind(odd);
    a.add(ROWS, 2);
    a.jump(Condition.ZERO, none);
    row(0, at(X), at(FACTORS));
    a.bind(none);
    for (int i = 0; i < VECTORS; i++) {
      a.vaddps(zmm(i), zmm(i), zmm(VECTORS + i));
      a.vmovups(at(Y, i * VECTOR).masked(k(1 + i)), zmm(i));
    }
    a.add(BASES[0], VECTORS * VECTOR);
    a.add(Y, VECTORS * VECTOR);
    a.sub(LEFT, VECTORS * LANES);
    a.jump(Condition.GREATER, block);
  }

  private void row(int sums, Mem row, Mem factor) {
    a.vbroadcastss(LOADED, factor);
    for (int i = 0; i < VECTORS; i++) {
      Vec loaded = zmm(2 * VECTORS + sums + i);
      a.vmovups(loaded.zeroed(k(1 + i)), row.plus(i * VECTOR));
      a.vfmadd231ps(zmm(sums + i), LOADED, loaded);
    }
  }

  /** The lanes of a block's vectors: all bits of a count beyond 63 at once. */
  private void masks() {
    var whole = new Label();
    a.mov(FREE, -1);
    a.cmp(LEFT, VECTORS * LANES);
    a.jump(Condition.NOT_LESS, whole);
    a.bzhi(FREE, FREE, LEFT);
    a.bind(whole);
    for (int i = 0; i < VECTORS; i++) {
      a.kmovw(k(1 + i), FREE);
      a.shr(FREE, LANES);
    }
  }
}
