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
 * Writes rows brought to mean 0 and variance 1: one walk for the mean, one for the squares of what
 * is left, one to write. A row of a model's width stays in the first cache meanwhile.
 *
 * <p>Arguments: rows, elements of a row, x, y, scale, shift; the elements, what is added to the
 * variance, and 1, as doubles.
 */
final class NormalizationCode {
  private static final int VECTOR = 64;

  private static final Gp ROWS = Gp.RBX;
  private static final Gp ELEMENTS = Gp.RDX;
  private static final Gp X = Gp.RSI;
  private static final Gp Y = Gp.R8;
  private static final Gp SCALE = Gp.R10;
  private static final Gp SHIFT = Gp.R12;

  private static final Mem NUMBER = Frame.slot(6).toAll();
  private static final Mem EPSILON = Frame.slot(7).toAll();
  private static final Mem ONE = Frame.slot(8);

  private static final Vec MEAN = zmm(9);
  private static final Vec FACTOR = zmm(10);
  private static final Vec UNIT = zmm(11);

  private final Assembler a = new Assembler();
  private final RowSums sums = new RowSums(a, X, ELEMENTS, MEAN);
  private final boolean centred;
  private final boolean scaled;
  private final boolean shifted;

  private NormalizationCode(boolean centred, boolean scaled, boolean shifted) {
    this.centred = centred;
    this.scaled = scaled;
    this.shifted = shifted;
  }

  static Assembler write(boolean centred, boolean scaled, boolean shifted) {
    return new NormalizationCode(centred, scaled, shifted).write();
  }

  private Assembler write() {
    var row = new Label();
    Frame.enter(a);
    a.mov(ROWS, Frame.slot(0));
    a.mov(ELEMENTS, Frame.slot(1));
    a.mov(X, Frame.slot(2));
    a.mov(Y, Frame.slot(3));
    a.vbroadcastsd(UNIT, ONE);
    a.bind(row);
    if (centred) {
      sums.sum(RowSums.Term.ELEMENT);
      a.vdivpd(RowSums.SUM, RowSums.SUM, NUMBER);
      RowSums.narrow(a, MEAN, RowSums.SUM);
    }
    sums.sum(centred ? RowSums.Term.DISTANCE : RowSums.Term.SQUARE);
    a.vdivpd(RowSums.SUM, RowSums.SUM, NUMBER);
    a.vaddpd(RowSums.SUM, RowSums.SUM, EPSILON);
    a.vsqrtpd(RowSums.SUM, RowSums.SUM);
    a.vdivpd(RowSums.SUM, UNIT, RowSums.SUM);
    RowSums.narrow(a, FACTOR, RowSums.SUM);
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
    return a;
  }

  private void write(int vectors, boolean masked) {
    for (int i = 0; i < vectors; i++) {
      Vec value = zmm(i);
      Vec loaded = masked ? value.zeroed(k(1)) : value;
      Mem y = at(Y, i * VECTOR);
      a.vmovups(loaded, at(RowSums.FROM, i * VECTOR));
      if (centred) {
        a.vsubps(value, value, MEAN);
      }
      a.vmulps(value, value, FACTOR);
      if (scaled) {
        a.vmulps(loaded, value, at(SCALE, i * VECTOR));
      }
      if (shifted) {
        a.vaddps(loaded, value, at(SHIFT, i * VECTOR));
      }
      a.vmovups(masked ? y.masked(k(1)) : y, value);
    }
    for (Gp pointer : new Gp[] {Y, SCALE, SHIFT}) {
      a.add(pointer, vectors * VECTOR);
    }
  }
}
