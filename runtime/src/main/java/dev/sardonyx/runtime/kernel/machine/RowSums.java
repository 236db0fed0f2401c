package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes walks along a row, and sums of its elements: stretches are added up in float, each lane of
 * four vectors 16 of them, and stretches in double. Takes rax, rcx, r9 and r11, k1 and zmm0 to
 * zmm8.
 */
final class RowSums {
  /** Vectors that a walk meets at once. */
  static final int COPIES = 4;

  private static final int VECTOR = 64;
  private static final int LANES = VECTOR / Float.BYTES;
  private static final int STRETCH = COPIES * 16 * LANES;

  private static final Gp COUNT = Gp.RCX;
  private static final Gp LEFT = Gp.RAX;

  /** Where a walk is in the row. */
  static final Gp FROM = Gp.R9;

  private static final Gp FREE = Gp.R11;

  /** The sum in all lanes, as doubles. */
  static final Vec SUM = zmm(8);

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
  private final Gp row;
  private final Gp elements;
  private final Vec number;

  /**
   * For rows at a register, with their elements in another.
   *
   * @param number holds in all lanes what distances are from; or, for sizes, the bits of a size
   */
  RowSums(Assembler a, Gp row, Gp elements, Vec number) {
    this.a = a;
    this.row = row;
    this.elements = elements;
    this.number = number;
  }

  /** What is done with some vectors of a row from {@link #FROM} on; the last one under k1. */
  @FunctionalInterface
  interface Step {
    void write(int vectors, boolean masked);
  }

  /** Walks along a row. */
  void walk(Step step) {
    a.mov(FROM, row);
    a.mov(COUNT, elements);
    count(step);
  }

  private void count(Step step) {
    var several = new Label();
    var rest = new Label();
    var one = new Label();
    var end = new Label();
    a.sub(COUNT, COPIES * LANES);
    a.jump(Condition.LESS, rest);
    a.bind(several);
    step.write(COPIES, false);
    a.add(FROM, COPIES * VECTOR);
    a.sub(COUNT, COPIES * LANES);
    a.jump(Condition.NOT_LESS, several);
    a.bind(rest);
    a.add(COUNT, COPIES * LANES);
    a.jump(Condition.ZERO, end);
    a.bind(one);
    a.mov(FREE, -1);
    a.bzhi(FREE, FREE, COUNT);
    a.kmovw(k(1), FREE);
    step.write(1, true);
    a.add(FROM, VECTOR);
    a.sub(COUNT, LANES);
    a.jump(Condition.GREATER, one);
    a.bind(end);
  }

  /** Leaves a sum over a row in {@link #SUM}. */
  void sum(Term term) {
    var stretch = new Label();
    var last = new Label();
    a.vpxord(SUM, SUM, SUM);
    a.mov(FROM, row);
    a.mov(LEFT, elements);
    a.bind(stretch);
    a.mov(COUNT, STRETCH);
    a.cmp(COUNT, LEFT);
    a.jump(Condition.NOT_GREATER, last);
    a.mov(COUNT, LEFT);
    a.bind(last);
    a.sub(LEFT, COUNT);
    for (int i = 0; i < COPIES; i++) {
      a.vpxord(zmm(SUMS + i), zmm(SUMS + i), zmm(SUMS + i));
    }
    count((vectors, masked) -> terms(term, vectors, masked));
    Lanes.together(SUMS, COPIES, (to, other) -> a.vaddps(to, to, other));
    a.vcvtps2pd(zmm(0), ymm(SUMS));
    a.vaddpd(SUM, SUM, zmm(0));
    a.vextractf32x8(ymm(0), zmm(SUMS), 1);
    a.vcvtps2pd(zmm(0), ymm(0));
    a.vaddpd(SUM, SUM, zmm(0));
    a.test(LEFT, LEFT);
    a.jump(Condition.NOT_ZERO, stretch);
    Lanes.acrossDoubles(a, SUM, zmm(0), (to, other) -> a.vaddpd(to, to, other));
  }

  private void terms(Term term, int vectors, boolean masked) {
    for (int i = 0; i < vectors; i++) {
      Vec loaded = masked ? zmm(i).zeroed(k(1)) : zmm(i);
      Vec sum = zmm(SUMS + i);
      a.vmovups(loaded, at(FROM, i * VECTOR));
      switch (term) {
        case ELEMENT -> a.vaddps(sum, sum, zmm(i));
        case SIZE -> {
          a.vandps(zmm(i), zmm(i), number);
          a.vaddps(sum, sum, zmm(i));
        }
        case SQUARE -> a.vfmadd231ps(sum, zmm(i), zmm(i));
        case DISTANCE -> {
          a.vsubps(loaded, zmm(i), number);
          a.vfmadd231ps(sum, zmm(i), zmm(i));
        }
      }
    }
  }

  /** The first of the doubles in a register, as a float in all lanes of another. */
  static void narrow(Assembler a, Vec to, Vec from) {
    a.vcvtpd2ps(to.of(32), from);
    a.vbroadcastss(to, to.of(16));
  }
}
