package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** What the codes for products of 8-bit numbers end with alike: the bounds are in zmm28 to 30. */
final class IntegerEndingCode {
  /** Where numbers of 8 bits come out. */
  static final Vec BYTES = zmm(31).of(16);

  private IntegerEndingCode() {}

  /**
   * Masks of the columns in both halves of a panel, k1 and k2: all but where it is the last, as a
   * flag of zero says.
   */
  static void masks(Assembler a, Gp free, Mem lastLeft, Mem lastRight) {
    var last = new Label();
    var end = new Label();
    a.jump(Condition.ZERO, last);
    a.mov(free, 0xFFFF);
    a.kmovw(k(1), free);
    a.kmovw(k(2), free);
    a.jmp(end);
    a.bind(last);
    a.mov(free, lastLeft);
    a.kmovw(k(1), free);
    a.mov(free, lastRight);
    a.kmovw(k(2), free);
    a.bind(end);
  }

  /** Loads the bounds and the zero point. */
  static void bounds(Assembler a, Mem low, Mem high, Mem zero) {
    a.vbroadcastss(zmm(28), low);
    a.vbroadcastss(zmm(29), high);
    a.vpbroadcastd(zmm(30), zero);
  }

  /** Makes numbers of sums; of NaN and the lower bound the second operand of max is taken. */
  static void quantise(Assembler a, Vec sum, Mem scales) {
    a.vcvtdq2ps(sum, sum);
    a.vmulps(sum, sum, scales);
    a.vmaxps(sum, sum, zmm(28));
    a.vminps(sum, sum, zmm(29));
    a.vcvtps2dq(sum, sum);
    a.vpaddd(sum, sum, zmm(30));
    a.vpmovdb(BYTES, sum);
  }
}
