package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

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
  /** Vectors of a block of columns, whose sums are kept twice. */
  private static final int VECTORS = 4;

  private static final int XMM = 16;

  // Of two vectors, each four quarters.
  private static final int EVEN_QUARTERS = 0x88;
  private static final int ODD_QUARTERS = 0xDD;

  // Of two vectors, each two halves.
  private static final int LOW_HALVES = 0x20;
  private static final int HIGH_HALVES = 0x31;

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

  private static final Gp POOL = Gp.R15;

  private final VectorLevel level;
  private final Assembler a;
  private final ConstantPool pool;
  private final int lanes;

  /** Registers behind those of sums. */
  private final Vec loaded;

  private final Vec other;

  private RowVectorCode(VectorLevel level) {
    this.level = level;
    this.a = level.assembler();
    this.pool = new ConstantPool(level, POOL);
    this.lanes = level.lanes();
    this.loaded = level.register(Math.max(lanes, 2 * VECTORS));
    this.other = level.register(Math.max(lanes, 2 * VECTORS) + 1);
  }

  /** The code of {@code dotRows}. */
  static Assembler dots(VectorLevel level) {
    return new RowVectorCode(level).all(true);
  }

  /** The code of {@code sumRows}. */
  static Assembler sums(VectorLevel level) {
    return new RowVectorCode(level).all(false);
  }

  private Assembler all(boolean dots) {
    var one = new Label();
    Frame.enter(a);
    pool.begin(a);
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
    pool.end(a);
    return a;
  }

  private void advance(Slot place, Slot step) {
    a.mov(FREE, place.memory());
    a.add(FREE, step.memory());
    a.mov(place.memory(), FREE);
  }

  /**
   * As many rows at a time as a vector has lanes, then one at a time, whose sums have the same
   * order.
   */
  private void writeDots() {
    var several = new Label();
    var rest = new Label();
    var single = new Label();
    var end = new Label();
    a.mov(BASES[0], Slot.MATRIX.memory());
    a.mov(ROWS, Slot.ROWS.memory());
    a.sub(ROWS, lanes);
    a.jump(Condition.LESS, rest);
    a.bind(several);
    dots(lanes);
    a.add(Y, level.bytes());
    a.sub(ROWS, lanes);
    a.jump(Condition.NOT_LESS, several);
    a.bind(rest);
    a.add(ROWS, lanes);
    a.jump(Condition.ZERO, end);
    a.bind(single);
    dots(1);
    a.add(Y, Float.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, single);
    a.bind(end);
  }

  private void dots(int rows) {
    int bases = Math.ceilDiv(rows, 4);
    a.mov(Slot.GROUP.memory(), BASES[0]);
    for (int i = 1; i < bases; i++) {
      a.lea(BASES[i], at(BASES[i - 1], PITCH, 4));
    }
    a.mov(X, Slot.X.memory());
    a.mov(LEFT, Slot.COLUMNS.memory());
    for (int i = 0; i < lanes; i++) { // of one row the others are rows of zeros
      clear(i);
    }
    var walk = new VectorWalk(a, level, pool, LEFT, FREE);
    walk.write(
        1,
        (_, part) -> {
          walk.load(loaded, at(X), part);
          for (int i = 0; i < rows; i++) {
            addProduct(walk, level.register(i), row(i), part);
          }
        },
        _ -> {
          a.add(X, level.bytes());
          for (int i = 0; i < bases; i++) {
            a.add(BASES[i], level.bytes());
          }
        });
    gather();
    if (rows == 1) {
      a.vmovss(at(Y), level.register(0).of(XMM));
    } else {
      a.vmovups(at(Y), level.register(0));
    }
    a.mov(BASES[0], Slot.GROUP.memory());
    a.mov(FREE, PITCH);
    if (rows > 1) {
      a.shl(FREE, Integer.numberOfTrailingZeros(rows));
    }
    a.add(BASES[0], FREE);
  }

  /** Adds what was loaded times a vector in memory. */
  private void addProduct(VectorWalk walk, Vec sum, Mem by, boolean part) {
    if (part) {
      walk.load(other, by, true);
      a.vfmadd231ps(sum, loaded, other);
    } else {
      a.vfmadd231ps(sum, loaded, by);
    }
  }

  private void clear(int register) {
    level.clear(a, level.register(register));
  }

  /** Adds the lanes of as many registers each: the sums become lanes of the first. */
  private void gather() {
    for (int i = 0; i < lanes / 2; i++) {
      a.vunpcklps(loaded, level.register(2 * i), level.register(2 * i + 1));
      a.vunpckhps(other, level.register(2 * i), level.register(2 * i + 1));
      a.vaddps(level.register(i), loaded, other);
    }
    for (int i = 0; i < lanes / 4; i++) {
      a.vunpcklpd(loaded, level.register(2 * i), level.register(2 * i + 1));
      a.vunpckhpd(other, level.register(2 * i), level.register(2 * i + 1));
      a.vaddps(level.register(i), loaded, other);
    }
    for (int count = lanes / 8; count > 0; count /= 2) {
      for (int i = 0; i < count; i++) {
        apart(level.register(2 * i), level.register(2 * i + 1));
        a.vaddps(level.register(i), loaded, other);
      }
    }
  }

  /** Lets vectors hold what is to be added of two of them. */
  private void apart(Vec first, Vec second) {
    switch (level) {
      case ShortVectors _ -> {
        a.vperm2f128(loaded, first, second, LOW_HALVES);
        a.vperm2f128(other, first, second, HIGH_HALVES);
      }
      case LongVectors _ -> {
        a.vshuff32x4(loaded, first, second, EVEN_QUARTERS);
        a.vshuff32x4(other, first, second, ODD_QUARTERS);
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

  /** Columns in blocks of fewer and fewer vectors. */
  private void writeSums() {
    var end = new Label();
    a.mov(BASES[0], Slot.MATRIX.memory());
    a.mov(LEFT, Slot.COLUMNS.memory());
    for (int vectors = VECTORS; vectors > 0; vectors /= 2) {
      var block = new Label();
      var fewer = new Label();
      a.bind(block);
      a.cmp(LEFT, vectors * lanes);
      a.jump(Condition.LESS, fewer);
      sums(vectors, false);
      a.add(BASES[0], vectors * level.bytes());
      a.add(Y, vectors * level.bytes());
      a.sub(LEFT, vectors * lanes);
      a.jmp(block);
      a.bind(fewer);
    }
    a.test(LEFT, LEFT);
    a.jump(Condition.ZERO, end);
    level.beginPart(a, LEFT, FREE);
    sums(1, true);
    a.bind(end);
  }

  /** All rows of a block of columns: the even ones and the odd ones apart. */
  private void sums(int vectors, boolean part) {
    var pair = new Label();
    var odd = new Label();
    var none = new Label();
    var walk = new VectorWalk(a, level, pool, LEFT, FREE);
    a.mov(X, BASES[0]);
    a.mov(FACTORS, Slot.X.memory());
    for (int i = 0; i < vectors; i++) {
      clear(i);
      clear(VECTORS + i);
    }
    a.mov(ROWS, Slot.ROWS.memory());
    a.sub(ROWS, 2);
    a.jump(Condition.LESS, odd);
    a.bind(pair);
    row(walk, 0, vectors, at(X), at(FACTORS), part);
    row(walk, VECTORS, vectors, at(X, PITCH, 1), at(FACTORS, Float.BYTES), part);
    a.lea(X, at(X, PITCH, 2));
    a.add(FACTORS, 2 * Float.BYTES);
    a.sub(ROWS, 2);
    a.jump(Condition.NOT_LESS, pair);
    a.bind(odd);
    a.add(ROWS, 2);
    a.jump(Condition.ZERO, none);
    row(walk, 0, vectors, at(X), at(FACTORS), part);
    a.bind(none);
    for (int i = 0; i < vectors; i++) {
      Vec sum = level.register(i);
      a.vaddps(sum, sum, level.register(VECTORS + i));
      walk.store(at(Y, i * level.bytes()), sum, part);
    }
  }

  private void row(VectorWalk walk, int sums, int vectors, Mem row, Mem factor, boolean part) {
    a.vbroadcastss(loaded, factor);
    for (int i = 0; i < vectors; i++) {
      addProduct(walk, level.register(sums + i), row.plus(i * level.bytes()), part);
    }
  }
}
