package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

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
  private static final int EQUAL = 0;
  private static final int UNORDERED = 3;

  private static final Gp ROWS = Gp.RBX;
  private static final Gp ELEMENTS = Gp.RDX;
  private static final Gp X = Gp.RSI;
  private static final Gp Y = Gp.R8;
  private static final Gp POOL = Gp.R10;

  /** Extremes that go on beside each other. */
  private static final int BEST = 4;

  private final Assembler a;
  private final VectorLevel level;
  private final ConstantPool pool;
  private final Operations operations;
  private final RowSums sums;
  private final RowReduction function;
  private final Vec result;

  /** The last NaN of each lane, else 0. */
  private final Vec unordered;

  private final Vec size;
  private final Vec first;
  private final Vec both;

  private ReductionCode(VectorLevel level, RowReduction function) {
    this.a = level.assembler();
    this.level = level;
    this.pool = new ConstantPool(level, POOL);
    this.operations = level.operations(a, pool);
    this.function = function;
    this.result = level.register(0);
    this.unordered = level.register(8);
    this.size = level.register(9);
    this.first = level.register(10);
    this.both = level.register(11);
    this.sums = new RowSums(a, level, pool, X, ELEMENTS, size);
  }

  /** Whether there is code. */
  static boolean has(RowReduction function) {
    return switch (function) {
      case SUM, MEAN, MAX, MIN, L1, L2, SUM_SQUARE -> true;
      case PROD, LOG_SUM, LOG_SUM_EXP -> false;
    };
  }

  static Assembler write(VectorLevel level, RowReduction function) {
    return new ReductionCode(level, function).write();
  }

  private Assembler write() {
    var row = new Label();
    Frame.enter(a);
    pool.begin(a);
    a.mov(ROWS, Frame.slot(0));
    a.mov(ELEMENTS, Frame.slot(1));
    a.mov(X, Frame.slot(2));
    a.mov(Y, Frame.slot(3));
    constant(size, 0x7FFF_FFFF);
    float none = function == RowReduction.MAX ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    constant(first, Float.floatToRawIntBits(none));
    a.bind(row);
    reduce();
    a.vmovss(at(Y), result.of(16));
    a.lea(X, at(X, ELEMENTS, Float.BYTES));
    a.add(Y, Float.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void constant(Vec to, int bits) {
    a.vbroadcastss(to, pool.of(bits));
  }

  /** Leaves the result in the first register. */
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
      sums.divide(Frame.slot(4));
    }
    if (function == RowReduction.L2) {
      a.vsqrtpd(sums.sum, sums.sum);
    }
    sums.narrow(result);
  }

  private void extreme() {
    for (int i = 0; i < RowSums.COPIES; i++) {
      a.vmovaps(level.register(BEST + i), first);
    }
    level.clear(a, unordered);
    sums.walk(this::extremes);
    Lanes.together(level, BEST, RowSums.COPIES, this::better);
    Lanes.across(level, a, level.register(BEST), result, this::better);
    Lanes.across(level, a, unordered, result, (to, other) -> a.vorps(to, to, other));
    a.vorps(result, level.register(BEST), unordered);
  }

  private void extremes(int vectors, boolean part) {
    for (int i = 0; i < vectors; i++) {
      Vec value = level.register(i);
      sums.vectors().load(value, at(RowSums.FROM, i * level.bytes()), part, first);
      operations.compare(0, value, value, UNORDERED);
      operations.choose(0, unordered, value, unordered);
      better(level.register(BEST + i), value);
    }
  }

  /** The larger or less: of zeros 0, or -0. */
  private void better(Vec to, Vec other) {
    if (function == RowReduction.MAX) {
      a.vandps(both, to, other);
    } else {
      a.vorps(both, to, other);
    }
    operations.compare(0, to, other, EQUAL);
    if (function == RowReduction.MAX) {
      a.vmaxps(to, to, other);
    } else {
      a.vminps(to, to, other);
    }
    operations.choose(0, to, both, to);
  }
}
