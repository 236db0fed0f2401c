package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.xmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the transform of weights: half a vector of out channels at a time, in float64, to {@code
 * [position][channel][W]}. What is beyond the out channels becomes zero.
 */
final class WinogradWeightsCode {
  private static final int TAPS = 9;

  /** The arguments, in their order. */
  enum Slot {
    WEIGHTS,
    /** From an out channel to the next. */
    PITCH,
    CHANNELS,
    TO,
    POSITION_PITCH,
    /** The out channels that there are, a bit each; the first is there. */
    LANES,
    /** Factors of float64. */
    A,
    B,
    C,
    D,
    /** A variable: where the stack was. */
    STACK;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp WEIGHTS = Gp.RSI;
  private static final Gp WEIGHTS_4 = Gp.RDX;
  private static final Steps OUT = new Steps(Gp.RAX, Gp.R8, Gp.R9);
  private static final Gp TO = Gp.RCX;
  private static final Gp POSITION = Gp.R10;
  private static final Gp POSITION_PITCH = Gp.R11;
  private static final Gp CHANNELS = Gp.R12;
  private static final Gp FREE = Gp.R13;

  private static final Slot[] FACTORS = {Slot.A, Slot.B, Slot.C, Slot.D};

  private final Assembler a;
  private final VectorLevel level;
  private final Scratch scratch;
  private final int size;
  private final boolean few;
  private final Vec sum;
  private final Vec middle;
  private final Vec even;
  private final Vec odd;

  private WinogradWeightsCode(VectorLevel level, int size) {
    this.a = level.assembler();
    this.level = level;
    this.size = size;
    this.few = level.registers() <= 16;
    this.scratch = new Scratch(a, few ? size + 2 : 0, 3, level.bytes(), Slot.STACK.memory());
    int free = few ? 9 : 24;
    sum = level.register(free);
    middle = level.register(free + 1);
    even = level.register(free + 2);
    odd = level.register(free + 3);
  }

  /** The code for tiles of two or of four pixels. */
  static Assembler write(VectorLevel level, int size) {
    return new WinogradWeightsCode(level, size).write();
  }

  /** Out channels that are transformed together. */
  static int lanes(VectorLevel level) {
    return level.bytes() / Double.BYTES;
  }

  /** The factors that go with A to D. */
  static double[] factors(int size) {
    return size == 2 ? new double[] {0.5, 0, 0, 0} : new double[] {0.25, -1 / 6., 1 / 24., 1 / 12.};
  }

  private Assembler write() {
    Frame.enter(a);
    scratch.enter();
    OUT.load(a, Slot.PITCH.memory());
    a.mov(WEIGHTS, Slot.WEIGHTS.memory());
    a.lea(WEIGHTS_4, OUT.from(WEIGHTS, 4));
    a.mov(TO, Slot.TO.memory());
    a.mov(POSITION_PITCH, Slot.POSITION_PITCH.memory());
    a.mov(CHANNELS, Slot.CHANNELS.memory());
    begin();
    var channel = new Label();
    a.bind(channel);
    for (int column = 0; column < 3; column++) {
      column(column);
    }
    a.mov(POSITION, TO);
    for (int line = 0; line < size + 2; line++) {
      line(line);
    }
    a.add(WEIGHTS, TAPS * Float.BYTES);
    a.add(WEIGHTS_4, TAPS * Float.BYTES);
    a.add(TO, level.panelWidth() * Float.BYTES);
    a.dec(CHANNELS);
    a.jump(Condition.NOT_ZERO, channel);
    scratch.leave();
    Frame.leave(a);
    return a;
  }

  /** What stays in registers, if there are enough. */
  private void begin() {
    for (int lane = 1; lane < lanes(level) && !few; lane++) {
      a.mov(FREE, Slot.LANES.memory());
      a.and(FREE, 1 << lane);
      a.kmovw(k(lane), FREE);
    }
    for (int i = 0; i < FACTORS.length && !few; i++) {
      a.vbroadcastsd(level.register(28 + i), FACTORS[i].memory());
    }
  }

  private Vec factor(int number) {
    if (few) {
      Vec free = level.register(15);
      a.vbroadcastsd(free, FACTORS[number].memory());
      return free;
    }
    return level.register(28 + number);
  }

  private void column(int column) {
    int first = few ? 6 : 18;
    for (int line = 0; line < 3; line++) {
      load(first + line, line * 3 + column);
    }
    transform(first, few ? 0 : column, few ? 1 : 3);
    for (int line = 0; line < scratch.lines(); line++) {
      a.vmovups(scratch.of(line, column), level.register(line));
    }
  }

  private void line(int line) {
    int first = few ? 6 : 3 * line;
    int to = few ? 0 : 18;
    for (int column = 0; column < 3 && few; column++) {
      a.vmovups(level.register(first + column), scratch.of(line, column));
    }
    transform(first, to, 1);
    Vec half = even.of(level.bytes() / 2);
    for (int column = 0; column < size + 2; column++) {
      a.vcvtpd2ps(half, level.register(to + column));
      a.vmovups(at(POSITION), half);
      a.add(POSITION, POSITION_PITCH);
    }
  }

  /** A weight of each out channel. */
  private void load(int number, int tap) {
    Vec to = level.register(number).of(level.bytes() / 2);
    if (few) {
      loadFour(to, tap);
    } else {
      a.vmovss(xmm(number), at(WEIGHTS, tap * Float.BYTES)); // the other lanes become zero
      for (int lane = 1; lane < lanes(level); lane++) {
        a.vbroadcastss(to.masked(k(lane)), from(lane, tap));
      }
    }
    a.vcvtps2pd(level.register(number), to);
  }

  private static Mem from(int lane, int tap) {
    return OUT.from(lane < 4 ? WEIGHTS : WEIGHTS_4, lane % 4).plus(tap * Float.BYTES);
  }

  /** Four of them, without masks. */
  private void loadFour(Vec to, int tap) {
    Vec[] parts = {sum.of(16), middle.of(16), even.of(16), odd.of(16)};
    for (int lane = 0; lane < parts.length; lane++) {
      var none = new Label();
      level.clear(a, parts[lane]);
      a.mov(FREE, Slot.LANES.memory());
      a.and(FREE, 1 << lane);
      a.jump(Condition.ZERO, none);
      a.vmovss(parts[lane], from(lane, tap));
      a.bind(none);
    }
    a.vunpcklps(parts[0], parts[0], parts[1]);
    a.vunpcklps(parts[2], parts[2], parts[3]);
    a.vunpcklpd(to, parts[0], parts[2]);
  }

  /** Three weights, in registers from one on, to numbers in registers from one on, in steps. */
  private void transform(int from, int to, int step) {
    Vec w0 = level.register(from);
    Vec w1 = level.register(from + 1);
    Vec w2 = level.register(from + 2);
    a.vaddpd(sum, w0, w2);
    Vec factor = factor(size == 2 ? 0 : 1);
    a.vmulpd(sum, sum, factor);
    a.vmulpd(middle, w1, factor);
    if (size == 4) {
      a.vmulpd(odd, w2, factor);
      a.vmulpd(even, w0, factor(2));
      a.vsubpd(even, even, odd);
      a.vmulpd(odd, w1, factor(3));
    }
    // What is read is not needed any more: the results may lie in its place.
    Vec last = level.register(to + (size + 1) * step);
    Vec first = level.register(to);
    if (last.number() != w2.number()) {
      a.vmovaps(last, w2);
    }
    if (size == 4) {
      a.vmulpd(first, w0, factor(0));
    } else if (first.number() != w0.number()) {
      a.vmovaps(first, w0);
    }
    a.vaddpd(level.register(to + step), sum, middle);
    a.vsubpd(level.register(to + 2 * step), sum, middle);
    if (size == 4) {
      a.vaddpd(level.register(to + 3 * step), even, odd);
      a.vsubpd(level.register(to + 4 * step), even, odd);
    }
  }
}
