package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes walks along a row, and sums of its elements: stretches are added up in float, each lane of
 * four vectors 16 of them, and stretches in double. Takes rax, rcx, r9 and r11, and registers 0 to
 * 8.
 */
final class RowSums {
  /** Vectors that a walk meets at once. */
  static final int COPIES = 4;

  private static final int STRETCH = 16;

  private static final Gp COUNT = Gp.RCX;
  private static final Gp LEFT = Gp.RAX;

  /** Where a walk is in the row. */
  static final Gp FROM = Gp.R9;

  private static final Gp FREE = Gp.R11;

  /** Four that are added to. */
  private static final int SUMS = 4;

  /** What is added. */
  enum Term {
    ELEMENT,
    SIZE,
    SQUARE,
    /** The square of what is left after a number is subtracted. */
    DISTANCE
  }

  private final Assembler a;
  private final VectorLevel level;
  private final VectorWalk walk;
  private final Gp row;
  private final Gp elements;
  private final Vec number;

  /** The sum in all lanes, as doubles. */
  final Vec sum;

  /**
   * For rows at a register, with their elements in another.
   *
   * @param number holds in all lanes what distances are from; or, for sizes, the bits of a size
   */
  RowSums(Assembler a, VectorLevel level, ConstantPool pool, Gp row, Gp elements, Vec number) {
    this.a = a;
    this.level = level;
    this.walk = new VectorWalk(a, level, pool, COUNT, FREE);
    this.sum = level.register(8);
    this.row = row;
    this.elements = elements;
    this.number = number;
  }

  /** How vectors are loaded and stored. */
  VectorWalk vectors() {
    return walk;
  }

  /** Walks along a row: what is done with some vectors is done from {@link #FROM} on. */
  void walk(VectorWalk.Step step) {
    a.mov(FROM, row);
    a.mov(COUNT, elements);
    count(step);
  }

  private void count(VectorWalk.Step step) {
    walk.write(COPIES, step, vectors -> a.add(FROM, vectors * level.bytes()));
  }

  /** Leaves a sum over a row in {@link #sum}. */
  void sum(Term term) {
    var stretch = new Label();
    var last = new Label();
    Vec first = level.register(0);
    Vec half = level.register(0).of(level.bytes() / 2);
    level.clear(a, sum);
    a.mov(FROM, row);
    a.mov(LEFT, elements);
    a.bind(stretch);
    a.mov(COUNT, COPIES * STRETCH * level.lanes());
    a.cmp(COUNT, LEFT);
    a.jump(Condition.NOT_GREATER, last);
    a.mov(COUNT, LEFT);
    a.bind(last);
    a.sub(LEFT, COUNT);
    for (int i = 0; i < COPIES; i++) {
      level.clear(a, level.register(SUMS + i));
    }
    count((vectors, part) -> terms(term, vectors, part));
    Lanes.together(level, SUMS, COPIES, (to, other) -> a.vaddps(to, to, other));
    a.vcvtps2pd(first, level.register(SUMS).of(level.bytes() / 2));
    a.vaddpd(sum, sum, first);
    level.upperHalf(a, half, level.register(SUMS));
    a.vcvtps2pd(first, half);
    a.vaddpd(sum, sum, first);
    a.test(LEFT, LEFT);
    a.jump(Condition.NOT_ZERO, stretch);
    Lanes.acrossDoubles(level, a, sum, first, (to, other) -> a.vaddpd(to, to, other));
  }

  private void terms(Term term, int vectors, boolean part) {
    for (int i = 0; i < vectors; i++) {
      Vec x = level.register(i);
      Vec to = level.register(SUMS + i);
      walk.load(x, at(FROM, i * level.bytes()), part);
      switch (term) {
        case ELEMENT -> a.vaddps(to, to, x);
        case SIZE -> {
          a.vandps(x, x, number);
          a.vaddps(to, to, x);
        }
        case SQUARE -> a.vfmadd231ps(to, x, x);
        case DISTANCE -> {
          a.vsubps(x, x, number);
          walk.keep(x, part);
          a.vfmadd231ps(to, x, x);
        }
      }
    }
  }

  /** The sum over a number in memory. */
  void divide(Mem by) {
    a.vbroadcastsd(level.register(0), by);
    a.vdivpd(sum, sum, level.register(0));
  }

  /** The sum as a float in all lanes of another register. */
  void narrow(Vec to) {
    a.vcvtpd2ps(to.of(level.bytes() / 2), sum);
    a.vbroadcastss(to, to.of(16));
  }
}
