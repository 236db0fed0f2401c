package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes rows brought to mean 0 and variance 1: one walk for the mean, one for the squares of what
 * is left, one to write. A row of a model's width stays in the first cache meanwhile.
 *
 * <p>Arguments: rows, elements of a row, x, y, scale, shift; the elements, what is added to the
 * variance, and 1, as doubles.
 */
final class NormalizationCode {
  private static final Gp ROWS = Gp.RBX;
  private static final Gp ELEMENTS = Gp.RDX;
  private static final Gp X = Gp.RSI;
  private static final Gp Y = Gp.R8;
  private static final Gp SCALE = Gp.R10;
  private static final Gp SHIFT = Gp.R12;

  private static final Mem NUMBER = Frame.slot(6);
  private static final Mem EPSILON = Frame.slot(7);
  private static final Mem ONE = Frame.slot(8);

  private final Assembler a;
  private final VectorLevel level;
  private final ConstantPool pool;
  private final RowSums sums;
  private final Vec mean;
  private final Vec factor;
  private final boolean centred;
  private final boolean scaled;
  private final boolean shifted;

  private NormalizationCode(VectorLevel level, boolean centred, boolean scaled, boolean shifted) {
    this.a = level.assembler();
    this.level = level;
    this.pool = new ConstantPool(level, Gp.R13);
    this.mean = level.register(9);
    this.factor = level.register(10);
    this.sums = new RowSums(a, level, pool, X, ELEMENTS, mean);
    this.centred = centred;
    this.scaled = scaled;
    this.shifted = shifted;
  }

  static Assembler write(VectorLevel level, boolean centred, boolean scaled, boolean shifted) {
    return new NormalizationCode(level, centred, scaled, shifted).write();
  }

  private Assembler write() {
    var row = new Label();
    Vec free = level.register(0);
    Frame.enter(a);
    pool.begin(a);
    a.mov(ROWS, Frame.slot(0));
    a.mov(ELEMENTS, Frame.slot(1));
    a.mov(X, Frame.slot(2));
    a.mov(Y, Frame.slot(3));
    a.bind(row);
    if (centred) {
      sums.sum(RowSums.Term.ELEMENT);
      sums.divide(NUMBER);
      sums.narrow(mean);
    }
    sums.sum(centred ? RowSums.Term.DISTANCE : RowSums.Term.SQUARE);
    sums.divide(NUMBER);
    a.vbroadcastsd(free, EPSILON);
    a.vaddpd(sums.sum, sums.sum, free);
    a.vsqrtpd(sums.sum, sums.sum);
    a.vbroadcastsd(free, ONE);
    a.vdivpd(sums.sum, free, sums.sum);
    sums.narrow(factor);
    a.mov(SCALE, Frame.slot(4));
    a.mov(SHIFT, Frame.slot(5));
    sums.walk(this::write);
    a.lea(X, at(X, ELEMENTS, Float.BYTES));
    a.mov(Y, Frame.slot(3));
    a.lea(Y, at(Y, ELEMENTS, Float.BYTES));
    a.mov(Frame.slot(3), Y);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void write(int vectors, boolean part) {
    VectorWalk walk = sums.vectors();
    for (int i = 0; i < vectors; i++) {
      Vec value = level.register(i);
      Vec other = level.register(4 + i);
      int offset = i * level.bytes();
      walk.load(value, at(RowSums.FROM, offset), part);
      if (centred) {
        a.vsubps(value, value, mean);
      }
      a.vmulps(value, value, factor);
      if (scaled) {
        a.vmulps(value, value, operand(other, SCALE, offset, part));
      }
      if (shifted) {
        a.vaddps(value, value, operand(other, SHIFT, offset, part));
      }
      walk.store(at(Y, offset), value, part);
    }
    for (Gp pointer : new Gp[] {Y, SCALE, SHIFT}) {
      a.add(pointer, vectors * level.bytes());
    }
  }

  /** Memory, or a register where only a part of it may be read. */
  private Source operand(Vec free, Gp base, int offset, boolean part) {
    if (part) {
      sums.vectors().load(free, at(base, offset), true);
      return free;
    }
    return at(base, offset);
  }
}
