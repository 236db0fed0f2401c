package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the packing of columns that lie as rows, as many as a vector has lanes: as many of their
 * elements are turned in registers.
 *
 * <p>Arguments: where the first column is, the pitch of columns in bytes, whole blocks of as many
 * rows, rows beyond, where to write, the bytes of a row of the panel.
 */
final class TurnCode {
  private static final Gp PITCH = Gp.RAX;
  private static final Gp PITCH_3 = Gp.RDX;
  private static final Gp BLOCKS = Gp.RCX;
  private static final Gp REST = Gp.R8;
  private static final Gp TO = Gp.R9;
  private static final Gp WIDTH = Gp.R10;
  private static final Gp[] BASES = {Gp.RSI, Gp.R11, Gp.RBX, Gp.R12};
  private static final Gp POOL = Gp.R13;
  private static final Gp FREE = Gp.R14;

  private final VectorLevel level;
  private final Assembler a;
  private final ConstantPool pool;

  /** Rows and columns of a block. */
  private final int side;

  private TurnCode(VectorLevel level) {
    this.level = level;
    this.a = level.assembler();
    this.pool = new ConstantPool(level, POOL);
    this.side = level.lanes();
  }

  /** The code. */
  static Assembler write(VectorLevel level) {
    return new TurnCode(level).all();
  }

  private Assembler all() {
    var block = new Label();
    var rest = new Label();
    var end = new Label();
    Frame.enter(a);
    pool.begin(a);
    a.mov(BASES[0], Frame.slot(0));
    a.mov(PITCH, Frame.slot(1));
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    for (int i = 1; i < side / 4; i++) { // four columns further each
      a.lea(BASES[i], at(BASES[i - 1], PITCH, 4));
    }
    a.mov(BLOCKS, Frame.slot(2));
    a.mov(REST, Frame.slot(3));
    a.mov(TO, Frame.slot(4));
    a.mov(WIDTH, Frame.slot(5));
    a.test(BLOCKS, BLOCKS);
    a.jump(Condition.ZERO, rest);
    a.bind(block);
    for (int i = 0; i < side; i++) {
      a.vmovups(level.register(i), column(i));
    }
    turn();
    for (int i = 0; i < side; i++) {
      store(i);
    }
    for (int i = 0; i < side / 4; i++) {
      a.add(BASES[i], level.bytes());
    }
    a.dec(BLOCKS);
    a.jump(Condition.NOT_ZERO, block);
    a.bind(rest);
    a.test(REST, REST);
    a.jump(Condition.ZERO, end);
    level.beginPart(a, REST, FREE);
    for (int i = 0; i < side; i++) {
      level.loadPart(a, pool, FREE, level.register(i), column(i));
    }
    turn();
    for (int i = 0; i < side - 1; i++) {
      store(i);
      a.dec(REST);
      a.jump(Condition.ZERO, end);
    }
    a.bind(end);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private static Mem column(int i) {
    Gp base = BASES[i / 4];
    return switch (i % 4) {
      case 0 -> at(base);
      case 3 -> at(base, PITCH_3, 1);
      default -> at(base, PITCH, i % 4);
    };
  }

  private void store(int row) {
    Vec turned =
        switch (level) {
          case ShortVectors _ -> other(row);
          case LongVectors _ -> level.register(row);
        };
    a.vmovups(at(TO), turned);
    a.add(TO, WIDTH);
  }

  /** Turns the first registers, as many as a block has columns; as many others are free. */
  private void turn() {
    for (int i = 0; i < side; i += 2) { // pairs of columns
      a.vunpcklps(other(i), level.register(i), level.register(i + 1));
      a.vunpckhps(other(i + 1), level.register(i), level.register(i + 1));
    }
    for (int i = 0; i < side; i += 4) { // fours: row 4 q + j of a quarter q is in register j
      a.vunpcklpd(level.register(i), other(i), other(i + 2));
      a.vunpckhpd(level.register(i + 1), other(i), other(i + 2));
      a.vunpcklpd(level.register(i + 2), other(i + 1), other(i + 3));
      a.vunpckhpd(level.register(i + 3), other(i + 1), other(i + 3));
    }
    for (int j = 0; j < 4; j++) {
      switch (level) {
        case ShortVectors _ -> halves(j);
        case LongVectors _ -> quarters(j);
      }
    }
  }

  /** Of two vectors of four columns each the rows j and 4 + j. */
  private void halves(int j) {
    a.vperm2f128(other(j), level.register(j), level.register(4 + j), LOW);
    a.vperm2f128(other(4 + j), level.register(j), level.register(4 + j), HIGH);
  }

  /** Of four vectors of four columns each the rows j, 4 + j, 8 + j and 12 + j. */
  private void quarters(int j) {
    for (int half = 0; half < 2; half++) {
      Vec low = level.register(8 * half + j);
      Vec high = level.register(8 * half + 4 + j);
      a.vshuff32x4(other(2 * half), low, high, EVEN);
      a.vshuff32x4(other(2 * half + 1), low, high, ODD);
    }
    a.vshuff32x4(level.register(j), other(0), other(2), EVEN);
    a.vshuff32x4(level.register(8 + j), other(0), other(2), ODD);
    a.vshuff32x4(level.register(4 + j), other(1), other(3), EVEN);
    a.vshuff32x4(level.register(12 + j), other(1), other(3), ODD);
  }

  /** Quarters 0 and 2 of both. */
  private static final int EVEN = 0x88;

  /** Quarters 1 and 3 of both. */
  private static final int ODD = 0xDD;

  /** The low halves of both, and the high ones. */
  private static final int LOW = 0x20;

  private static final int HIGH = 0x31;

  /** A register beyond those of the columns; at AVX2 parts take the last one, but before these. */
  private Vec other(int i) {
    return level.register(side + i);
  }
}
