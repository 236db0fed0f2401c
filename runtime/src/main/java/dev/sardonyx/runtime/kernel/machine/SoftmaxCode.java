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
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes softmax, or its logarithm, along rows of neighbours, or of columns: one in each lane. A
 * NaN may be missed by the maximum; it reaches the whole row through the sum.
 *
 * <p>Arguments: rows, or groups of columns; elements of a row; x; y; for columns the bytes from an
 * element to the next and the mask of the last group.
 */
final class SoftmaxCode {
  private static final int VECTOR = 64;
  private static final int LANES = VECTOR / Float.BYTES;
  private static final int COPIES = FormulaWriter.MOST_COPIES;

  private static final Gp COUNT = Gp.RCX;
  private static final Gp ROWS = Gp.RBX;
  private static final Gp ELEMENTS = Gp.RDX;
  private static final Gp X = Gp.RSI;
  private static final Gp Y = Gp.R8;

  /** What moves along a row of x, and of y. */
  private static final Gp FROM = Gp.R9;

  private static final Gp TO = Gp.R10;
  private static final Gp STRIDE = Gp.R12;
  private static final Gp STRIDE_3 = Gp.R13;
  private static final Gp FREE = Gp.R11;

  /** The sums, or maxima, that go on beside each other. */
  private static final int SUMS = 24;

  private static final Vec GREATEST = zmm(28);
  private static final Vec SUM = zmm(29);
  private static final Vec PASSING = zmm(0);

  private final Assembler a = new Assembler();
  private final ConstantPool pool = new ConstantPool(Gp.RAX);
  private final boolean columns;
  private final boolean logarithm;
  private final FormulaWriter powers;
  private final FormulaWriter logarithms;

  private SoftmaxCode(boolean columns, boolean logarithm) {
    this.columns = columns;
    this.logarithm = logarithm;
    var power = new Formula();
    power.result(
        Exponentials.fall(power, power.subtract(power.held(GREATEST.number()), power.input(0))));
    List<Integer> free =
        IntStream.range(0, 32).filter(i -> i < SUMS || i > SUM.number()).boxed().toList();
    powers = new FormulaWriter(a, power, pool, free);
    if (powers.copies() < COPIES) {
      throw new AssertionError("too few registers for an exponential");
    }
    var log = new Formula();
    log.result(Logarithms.log(log, log.input(0)));
    logarithms = new FormulaWriter(a, log, pool, free.subList(0, 12));
  }

  static Assembler write(boolean columns, boolean logarithm) {
    return new SoftmaxCode(columns, logarithm).write();
  }

  private Assembler write() {
    Frame.enter(a);
    pool.begin(a);
    powers.begin();
    a.mov(ROWS, Frame.slot(0));
    a.mov(ELEMENTS, Frame.slot(1));
    a.mov(X, Frame.slot(2));
    a.mov(Y, Frame.slot(3));
    if (columns) {
      a.mov(STRIDE, Frame.slot(4));
      a.lea(STRIDE_3, at(STRIDE, STRIDE, 2));
      a.mov(FREE, -1);
      a.kmovw(k(1), FREE);
    }
    var row = new Label();
    var whole = new Label();
    a.bind(row);
    if (columns) {
      a.cmp(ROWS, 1);
      a.jump(Condition.NOT_ZERO, whole);
      a.mov(FREE, Frame.slot(5));
      a.kmovw(k(1), FREE);
      a.bind(whole);
    }
    row();
    if (columns) {
      a.add(X, VECTOR);
      a.add(Y, VECTOR);
    } else {
      a.lea(X, at(X, ELEMENTS, 4));
      a.lea(Y, at(Y, ELEMENTS, 4));
    }
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  private void row() {
    fill(Float.NEGATIVE_INFINITY);
    pass(this::greatest);
    across(GREATEST, (to, other) -> a.vmaxps(to, to, other));
    fill(0);
    pass(this::powers);
    across(SUM, (to, other) -> a.vaddps(to, to, other));
    if (logarithm) {
      logarithms.begin();
      logarithms.write(1, (_, _, to) -> a.vmovaps(to, SUM));
      a.vmovaps(SUM, logarithms.result(0, 0));
      pass(this::centre);
    } else {
      constant(PASSING, 1);
      a.vdivps(SUM, PASSING, SUM);
      pass(this::scale);
    }
  }

  private void constant(Vec to, float value) {
    Mem memory = pool.of(Float.floatToRawIntBits(value));
    a.vbroadcastss(to, at(memory.base(), memory.displacement()));
  }

  private void fill(float value) {
    constant(zmm(SUMS), value);
    for (int i = 1; i < COPIES; i++) {
      a.vmovaps(zmm(SUMS + i), zmm(SUMS));
    }
  }

  /** What is done with some vectors of a row. */
  private interface Pass {
    void write(int vectors, boolean masked);
  }

  private void pass(Pass pass) {
    var several = new Label();
    var rest = new Label();
    var one = new Label();
    var end = new Label();
    int each = columns ? 1 : LANES;
    a.mov(FROM, X);
    a.mov(TO, Y);
    a.mov(COUNT, ELEMENTS);
    a.sub(COUNT, COPIES * each);
    a.jump(Condition.LESS, rest);
    a.bind(several);
    pass.write(COPIES, columns);
    forward(COPIES);
    a.sub(COUNT, COPIES * each);
    a.jump(Condition.NOT_LESS, several);
    a.bind(rest);
    a.add(COUNT, COPIES * each);
    a.jump(Condition.ZERO, end);
    a.bind(one);
    if (!columns) {
      a.mov(FREE, -1);
      a.bzhi(FREE, FREE, COUNT);
      a.kmovw(k(1), FREE);
    }
    pass.write(1, true);
    forward(1);
    a.sub(COUNT, each);
    a.jump(Condition.GREATER, one);
    a.bind(end);
  }

  private void forward(int vectors) {
    for (Gp pointer : new Gp[] {FROM, TO}) {
      if (!columns) {
        a.add(pointer, vectors * VECTOR);
      } else if (vectors == 1) {
        a.add(pointer, STRIDE);
      } else {
        a.lea(pointer, at(pointer, STRIDE, COPIES));
      }
    }
  }

  private Mem vector(Gp base, int number) {
    if (!columns) {
      return at(base, number * VECTOR);
    }
    return switch (number) {
      case 0 -> at(base);
      case 3 -> at(base, STRIDE_3, 1);
      default -> at(base, STRIDE, number);
    };
  }

  private static Vec to(Vec vector, boolean masked) {
    return masked ? vector.masked(k(1)) : vector;
  }

  private static Mem to(Mem memory, boolean masked) {
    return masked ? memory.masked(k(1)) : memory;
  }

  private void greatest(int vectors, boolean masked) {
    for (int i = 0; i < vectors; i++) {
      Vec best = zmm(SUMS + i);
      a.vmaxps(to(best, masked), best, vector(FROM, i));
    }
  }

  private void powers(int vectors, boolean masked) {
    powers.write(
        vectors, (_, copy, to) -> a.vmovups(masked ? to.zeroed(k(1)) : to, vector(FROM, copy)));
    for (int i = 0; i < vectors; i++) {
      Vec sum = zmm(SUMS + i);
      a.vaddps(to(sum, masked), sum, powers.result(0, i));
      if (!logarithm) {
        a.vmovups(to(vector(TO, i), masked), powers.result(0, i));
      }
    }
  }

  private void scale(int vectors, boolean masked) {
    for (int i = 0; i < vectors; i++) {
      a.vmulps(masked ? zmm(i).zeroed(k(1)) : zmm(i), SUM, vector(TO, i));
      a.vmovups(to(vector(TO, i), masked), zmm(i));
    }
  }

  /** (x - greatest) - log(sum): their sum would lose digits of the small one. */
  private void centre(int vectors, boolean masked) {
    for (int i = 0; i < vectors; i++) {
      a.vmovups(masked ? zmm(i).zeroed(k(1)) : zmm(i), vector(FROM, i));
      a.vsubps(zmm(i), zmm(i), GREATEST);
      a.vsubps(zmm(i), zmm(i), SUM);
      a.vmovups(to(vector(TO, i), masked), zmm(i));
    }
  }

  /** Brings what went on beside each other together, for rows in all lanes. */
  private void across(Vec to, Lanes.Merge merge) {
    Lanes.together(SUMS, COPIES, merge);
    a.vmovaps(to, zmm(SUMS));
    if (!columns) {
      Lanes.across(a, to, PASSING, merge);
    }
  }
}
