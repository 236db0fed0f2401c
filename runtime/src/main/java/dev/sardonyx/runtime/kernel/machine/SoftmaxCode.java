package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

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
 * element to the next and the columns of the last group.
 */
final class SoftmaxCode {
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

  private final Assembler a;
  private final VectorLevel level;
  private final ConstantPool pool;
  private final VectorWalk walk;
  private final boolean columns;
  private final boolean logarithm;
  private final FormulaWriter powers;
  private final FormulaWriter logarithms;

  /** Vectors at once. */
  private final int copies;

  /** The first of the sums, or maxima, that go on beside each other. */
  private final int sums;

  private final Vec greatest;
  private final Vec sum;
  private final Vec passing;

  private SoftmaxCode(VectorLevel level, boolean columns, boolean logarithm) {
    this.a = level.assembler();
    this.level = level;
    this.pool = new ConstantPool(level, Gp.RAX);
    this.walk = new VectorWalk(a, level, pool, COUNT, FREE);
    this.columns = columns;
    this.logarithm = logarithm;
    this.copies = level.registers() > 16 ? FormulaWriter.MOST_COPIES : 2;
    int first = level.registers() - copies - 2;
    this.greatest = level.register(first++);
    this.sum = level.register(first++);
    this.passing = level.register(0);
    this.sums = first;
    List<Integer> free = IntStream.range(0, level.registers() - copies - 2).boxed().toList();
    powers = new FormulaWriter(a, level, power(), pool, free);
    if (powers.copies() < copies) {
      throw new AssertionError("too few registers for an exponential");
    }
    var log = new Formula();
    log.result(Logarithms.log(log, log.input(0)));
    logarithms = new FormulaWriter(a, level, log, pool, free.subList(0, 3 * copies));
  }

  private Formula power() {
    var power = new Formula();
    power.result(
        Exponentials.fall(power, power.subtract(power.held(greatest.number()), power.input(0))));
    return power;
  }

  static Assembler write(VectorLevel level, boolean columns, boolean logarithm) {
    return new SoftmaxCode(level, columns, logarithm).write();
  }

  private Assembler write() {
    var row = new Label();
    var part = new Label();
    var end = new Label();
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
    }
    a.bind(row);
    if (columns) {
      jumpIfPart(part);
    }
    row(false);
    if (columns) {
      a.add(X, level.bytes());
      a.add(Y, level.bytes());
    } else {
      a.lea(X, at(X, ELEMENTS, Float.BYTES));
      a.lea(Y, at(Y, ELEMENTS, Float.BYTES));
    }
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    if (columns) {
      a.jmp(end);
      a.bind(part);
      level.beginPart(a, COUNT, FREE);
      row(true);
      a.bind(end);
    }
    Frame.leave(a);
    pool.end(a);
    return a;
  }

  /** Leaves how many columns there are in the last group, if they are not a vector. */
  private void jumpIfPart(Label part) {
    var whole = new Label();
    a.cmp(ROWS, 1);
    a.jump(Condition.NOT_ZERO, whole);
    a.mov(COUNT, Frame.slot(5));
    a.cmp(COUNT, level.lanes());
    a.jump(Condition.NOT_ZERO, part);
    a.bind(whole);
  }

  /** A row, or a group of columns, which may be a part of a vector. */
  private void row(boolean part) {
    fill(Float.NEGATIVE_INFINITY);
    pass(part, this::greatest);
    across(greatest, (to, other) -> a.vmaxps(to, to, other));
    fill(0);
    pass(part, this::powers);
    across(sum, (to, other) -> a.vaddps(to, to, other));
    if (logarithm) {
      logarithms.begin();
      logarithms.write(1, (_, _, to) -> a.vmovaps(to, sum));
      a.vmovaps(sum, logarithms.result(0, 0));
      pass(part, this::centre);
    } else {
      constant(passing, 1);
      a.vdivps(sum, passing, sum);
      pass(part, this::scale);
    }
  }

  private void constant(Vec to, float value) {
    a.vbroadcastss(to, pool.of(Float.floatToRawIntBits(value)));
  }

  private void fill(float value) {
    constant(level.register(sums), value);
    for (int i = 1; i < copies; i++) {
      a.vmovaps(level.register(sums + i), level.register(sums));
    }
  }

  private void pass(boolean part, VectorWalk.Step step) {
    a.mov(FROM, X);
    a.mov(TO, Y);
    a.mov(COUNT, ELEMENTS);
    if (columns) {
      down(part, step);
    } else {
      walk.write(copies, step, this::forward);
    }
  }

  /** Down some columns. */
  private void down(boolean part, VectorWalk.Step step) {
    var several = new Label();
    var rest = new Label();
    var one = new Label();
    var end = new Label();
    a.sub(COUNT, copies);
    a.jump(Condition.LESS, rest);
    a.bind(several);
    step.write(copies, part);
    forward(copies);
    a.sub(COUNT, copies);
    a.jump(Condition.NOT_LESS, several);
    a.bind(rest);
    a.add(COUNT, copies);
    a.jump(Condition.ZERO, end);
    a.bind(one);
    step.write(1, part);
    forward(1);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, one);
    a.bind(end);
  }

  private void forward(int vectors) {
    for (Gp pointer : new Gp[] {FROM, TO}) {
      if (!columns) {
        a.add(pointer, vectors * level.bytes());
      } else if (vectors == 1) {
        a.add(pointer, STRIDE);
      } else {
        a.lea(pointer, at(pointer, STRIDE, vectors));
      }
    }
  }

  private Mem vector(Gp base, int number) {
    if (!columns) {
      return at(base, number * level.bytes());
    }
    return switch (number) {
      case 0 -> at(base);
      case 3 -> at(base, STRIDE_3, 1);
      default -> at(base, STRIDE, number);
    };
  }

  private void greatest(int vectors, boolean part) {
    for (int i = 0; i < vectors; i++) {
      Vec best = level.register(sums + i);
      Vec value = level.register(i);
      if (part) {
        walk.load(value, vector(FROM, i), true, best);
        a.vmaxps(best, best, value);
      } else {
        a.vmaxps(best, best, vector(FROM, i));
      }
    }
  }

  private void powers(int vectors, boolean part) {
    powers.write(vectors, (_, copy, to) -> walk.load(to, vector(FROM, copy), part));
    for (int i = 0; i < vectors; i++) {
      Vec power = powers.result(0, i);
      Vec all = level.register(sums + i);
      walk.keep(power, part);
      a.vaddps(all, all, power);
      if (!logarithm) {
        walk.store(vector(TO, i), power, part);
      }
    }
  }

  private void scale(int vectors, boolean part) {
    for (int i = 0; i < vectors; i++) {
      Vec value = level.register(i);
      walk.load(value, vector(TO, i), part);
      a.vmulps(value, sum, value);
      walk.store(vector(TO, i), value, part);
    }
  }

  /** (x - greatest) - log(sum): their sum would lose digits of the small one. */
  private void centre(int vectors, boolean part) {
    for (int i = 0; i < vectors; i++) {
      Vec value = level.register(i);
      walk.load(value, vector(FROM, i), part);
      a.vsubps(value, value, greatest);
      a.vsubps(value, value, sum);
      walk.store(vector(TO, i), value, part);
    }
  }

  /** Brings what went on beside each other together, for rows in all lanes. */
  private void across(Vec to, Lanes.Merge merge) {
    Lanes.together(level, sums, copies, merge);
    a.vmovaps(to, level.register(sums));
    if (!columns) {
      Lanes.across(level, a, to, passing, merge);
    }
  }
}
