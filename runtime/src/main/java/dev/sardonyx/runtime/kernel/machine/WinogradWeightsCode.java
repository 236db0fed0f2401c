package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.xmm;
import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the transform of weights for AVX-512: eight out channels at a time, in float64, to {@code
 * [position][channel][W]}. What is beyond the out channels becomes zero.
 */
final class WinogradWeightsCode {
  /** Out channels that are transformed together. */
  static final int LANES = 8;

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
    D;

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

  private final Assembler a = new Assembler();
  private final int size;

  private WinogradWeightsCode(int size) {
    this.size = size;
  }

  /** The code for tiles of two or of four pixels. */
  static Assembler write(int size) {
    return new WinogradWeightsCode(size).write();
  }

  /** The factors that go with A to D. */
  static double[] factors(int size) {
    return size == 2 ? new double[] {0.5, 0, 0, 0} : new double[] {0.25, -1 / 6., 1 / 24., 1 / 12.};
  }

  private Assembler write() {
    Frame.enter(a);
    OUT.load(a, Slot.PITCH.memory());
    a.mov(WEIGHTS, Slot.WEIGHTS.memory());
    a.lea(WEIGHTS_4, OUT.from(WEIGHTS, 4));
    a.mov(TO, Slot.TO.memory());
    a.mov(POSITION_PITCH, Slot.POSITION_PITCH.memory());
    a.mov(CHANNELS, Slot.CHANNELS.memory());
    for (int lane = 1; lane < LANES; lane++) {
      a.mov(FREE, Slot.LANES.memory());
      a.and(FREE, 1 << lane);
      a.kmovw(k(lane), FREE);
    }
    a.vbroadcastsd(zmm(28), Slot.A.memory());
    a.vbroadcastsd(zmm(29), Slot.B.memory());
    a.vbroadcastsd(zmm(30), Slot.C.memory());
    a.vbroadcastsd(zmm(31), Slot.D.memory());
    var channel = new Label();
    a.bind(channel);
    for (int column = 0; column < 3; column++) {
      for (int line = 0; line < 3; line++) {
        load(18 + line, line * 3 + column);
      }
      transform(zmm(18), zmm(19), zmm(20), column, 3);
    }
    a.mov(POSITION, TO);
    for (int line = 0; line < size + 2; line++) {
      transform(zmm(3 * line), zmm(3 * line + 1), zmm(3 * line + 2), 18, 1);
      for (int column = 0; column < size + 2; column++) {
        a.vcvtpd2ps(ymm(26), zmm(18 + column));
        a.vmovups(at(POSITION), ymm(26));
        a.add(POSITION, POSITION_PITCH);
      }
    }
    a.add(WEIGHTS, TAPS * Float.BYTES);
    a.add(WEIGHTS_4, TAPS * Float.BYTES);
    a.add(TO, MachineKernels.WIDTH * Float.BYTES);
    a.dec(CHANNELS);
    a.jump(Condition.NOT_ZERO, channel);
    Frame.leave(a);
    return a;
  }

  /** A weight of each out channel. */
  private void load(int number, int tap) {
    Vec to = ymm(number);
    a.vmovss(xmm(number), at(WEIGHTS, tap * Float.BYTES)); // the other lanes become zero
    for (int lane = 1; lane < LANES; lane++) {
      Mem from = OUT.from(lane < 4 ? WEIGHTS : WEIGHTS_4, lane % 4);
      a.vbroadcastss(to.masked(k(lane)), from.plus(tap * Float.BYTES));
    }
    a.vcvtps2pd(zmm(number), to);
  }

  /** Three weights to numbers in registers from one on, in steps; zmm24 to zmm27 are free. */
  private void transform(Vec w0, Vec w1, Vec w2, int to, int step) {
    Vec sum = zmm(24);
    Vec middle = zmm(25);
    a.vaddpd(sum, w0, w2);
    Vec factor = zmm(size == 2 ? 28 : 29);
    a.vmulpd(sum, sum, factor);
    a.vmulpd(middle, w1, factor);
    Vec even = zmm(26);
    Vec odd = zmm(27);
    if (size == 4) {
      a.vmulpd(even, w0, zmm(30));
      a.vmulpd(odd, w2, factor);
      a.vsubpd(even, even, odd);
      a.vmulpd(odd, w1, zmm(31));
    }
    // What is read is not needed any more: the results may lie in its place.
    Vec last = zmm(to + (size + 1) * step);
    Vec first = zmm(to);
    if (last.number() != w2.number()) {
      a.vmovaps(last, w2);
    }
    if (size == 4) {
      a.vmulpd(first, w0, zmm(28));
    } else if (first.number() != w0.number()) {
      a.vmovaps(first, w0);
    }
    a.vaddpd(zmm(to + step), sum, middle);
    a.vsubpd(zmm(to + 2 * step), sum, middle);
    if (size == 4) {
      a.vaddpd(zmm(to + 3 * step), even, odd);
      a.vsubpd(zmm(to + 4 * step), even, odd);
    }
  }
}
