package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes reductions of rows. Arguments: rows, elements of a row, x, y, the elements as a double.
 */
final class ReductionCode {
  private static final int VECTOR = 64;
  private static final int UNORDERED = 3;

  private static final Gp ROWS = Gp.RBX;
  private static final Gp ELEMENTS = Gp.RDX;
  private static final Gp X = Gp.RSI;
  private static final Gp Y = Gp.R8;
  private static final Gp POOL = Gp.R10;

  /** Extremes that go on beside each other. */
  private static final int BEST = 4;

  private static final Vec SIZE = zmm(9);
  private static final Vec FIRST = zmm(10);
  private static final Vec BOTH = zmm(11);

  private final Assembler a = new Assembler();
  private final ConstantPool pool = new ConstantPool(POOL);
  private final RowSums sums = new RowSums(a, X, ELEMENTS, SIZE);
  private final RowReduction function;

  private ReductionCode(RowReduction function) {
    this.function = function;
  }

  /** Whether there is code. */
  static boolean has(RowReduction function) {
    return switch (function) {
      case SUM, MEAN, MAX, MIN, L1, L2, SUM_SQUARE -> true;
      case PROD, LOG_SUM, LOG_SUM_EXP -> false;
    };
  }

  static Assembler write(RowReduction function) {
    return new ReductionCode(function).write();
  }

  private Assembler write() {
    var row = new Label();
    Frame.enter(a);
    pool.begin(a);
    a.mov(ROWS, Frame.slot(0));
    a.mov(ELEMENTS, Frame.slot(1));
    a.mov(X, Frame.slot(2));
    a.mov(Y, Frame.slot(3));
    constant(SIZE, 0x7FFF_FFFF);
    float none = function == RowReduction.MAX ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    constant(FIRST, Float.floatToRawIntBits(none));
    a.bind(row);
    reduce();
    a.vmovss(at(Y), zmm(0).of(16));
    a.lea(X, at(X, ELEMENTS, Float.BYTES));
    a.add(Y, Float.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void constant(Vec to, int bits) {
    a.vbroadcastss(to, at(POOL, pool.of(bits).displacement()));
  }

  /** Leaves the result in zmm0. */
  private void reduce() {
    switch (function) {
      case SUM, MEAN -> sums.sum(RowSums.Term.ELEMENT);
      case L1 -> sums.sum(RowSums.Term.SIZE);
      case L2, SUM_SQUARE -> sums.sum(RowSums.Term.SQUARE);
      case MAX, MIN -> {
        extreme();
        return;
      }
      case PROD, LOG_SUM, LOG_SUM_EXP -> throw new AssertionError(function);
    }
    if (function == RowReduction.MEAN) {
      a.vdivpd(RowSums.SUM, RowSums.SUM, Frame.slot(4).toAll());
    }
    if (function == RowReduction.L2) {
      a.vsqrtpd(RowSums.SUM, RowSums.SUM);
    }
    RowSums.narrow(a, zmm(0), RowSums.SUM);
  }

  private void extreme() {
    var numbers = new Label();
    for (int i = 0; i < RowSums.COPIES; i++) {
      a.vmovaps(zmm(BEST + i), FIRST);
    }
    a.xor(Gp.RAX, Gp.RAX);
    a.kmovw(k(3), Gp.RAX);
    sums.walk(this::extremes);
    Lanes.together(BEST, RowSums.COPIES, this::better);
    Lanes.across(a, zmm(BEST), zmm(0), this::better);
    a.vmovaps(zmm(0), zmm(BEST));
    a.kortestw(k(3), k(3));
    a.jump(Condition.ZERO, numbers);
    constant(zmm(0), Float.floatToRawIntBits(Float.NaN));
    a.bind(numbers);
  }

  /** k3 tells where there was a NaN. */
  private void extremes(int vectors, boolean masked) {
    for (int i = 0; i < vectors; i++) {
      Vec value = zmm(i);
      if (masked) {
        a.vmovaps(value, FIRST);
      }
      a.vmovups(masked ? value.masked(k(1)) : value, at(RowSums.FROM, i * VECTOR));
      a.vcmpps(k(4), value, value, UNORDERED);
      a.korw(k(3), k(3), k(4));
      better(zmm(BEST + i), value);
    }
  }

  /** The larger or less: of zeros 0, or -0. */
  private void better(Vec to, Vec other) {
    a.vcmpps(k(2), to, other, 0);
    if (function == RowReduction.MAX) {
      a.vandps(BOTH, to, other);
      a.vmaxps(to, to, other);
    } else {
      a.vorps(BOTH, to, other);
      a.vminps(to, to, other);
    }
    a.vmovaps(to.masked(k(2)), BOTH);
  }
}
