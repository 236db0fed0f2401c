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
 * Writes the packing of sixteen columns that lie as rows, for AVX-512: sixteen by sixteen elements
 * are turned in registers.
 *
 * <p>Arguments: where the first column is, the pitch of columns in bytes, whole blocks of sixteen
 * rows, rows beyond, their lanes as a mask, where to write, the bytes of a row of the panel.
 */
final class TurnCode {
  /** Rows and columns of a block. */
  static final int SIDE = 16;

  private static final Gp PITCH = Gp.RAX;
  private static final Gp PITCH_3 = Gp.RDX;
  private static final Gp BLOCKS = Gp.RCX;
  private static final Gp REST = Gp.R8;
  private static final Gp TO = Gp.R9;
  private static final Gp WIDTH = Gp.R10;
  private static final Gp[] BASES = {Gp.RSI, Gp.R11, Gp.RBX, Gp.R12};

  private final Assembler a = new Assembler();

  private TurnCode() {}

  /** The code. */
  static Assembler write() {
    return new TurnCode().all();
  }

  private Assembler all() {
    var block = new Label();
    var rest = new Label();
    var end = new Label();
    Frame.enter(a);
    a.mov(BASES[0], Frame.slot(0));
    a.mov(PITCH, Frame.slot(1));
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    for (int i = 1; i < BASES.length; i++) { // four columns further each
      a.lea(BASES[i], at(BASES[i - 1], PITCH, 4));
    }
    a.mov(BLOCKS, Frame.slot(2));
    a.mov(REST, Frame.slot(3));
    a.mov(TO, Frame.slot(4));
    a.kmovw(k(1), TO);
    a.mov(TO, Frame.slot(5));
    a.mov(WIDTH, Frame.slot(6));
    a.test(BLOCKS, BLOCKS);
    a.jump(Condition.ZERO, rest);
    a.bind(block);
    for (int i = 0; i < SIDE; i++) {
      a.vmovups(zmm(i), column(i));
    }
    turn();
    for (int i = 0; i < SIDE; i++) {
      store(i);
    }
    for (Gp base : BASES) {
      a.add(base, SIDE * Float.BYTES);
    }
    a.dec(BLOCKS);
    a.jump(Condition.NOT_ZERO, block);
    a.bind(rest);
    a.test(REST, REST);
    a.jump(Condition.ZERO, end);
    for (int i = 0; i < SIDE; i++) {
      a.vmovups(zmm(i).zeroed(k(1)), column(i));
    }
    turn();
    for (int i = 0; i < SIDE - 1; i++) {
      store(i);
      a.dec(REST);
      a.jump(Condition.ZERO, end);
    }
    a.bind(end);
    Frame.leave(a);
    return a;
  }

  private static Mem column(int i) {
    Gp base = BASES[i / 4];
    return switch (i % 4) {
      case 0 -> at(base);
      case 3 -> at(base, PITCH_3, 1);
      default -> at(base, PITCH, i % 4);
    };
  }

  private void store(int row) {
    a.vmovups(at(TO), zmm(row));
    a.add(TO, WIDTH);
  }

  /** Turns zmm0 to zmm15; the others are free. */
  private void turn() {
    for (int i = 0; i < SIDE; i += 2) { // pairs of columns
      a.vunpcklps(other(i), zmm(i), zmm(i + 1));
      a.vunpckhps(other(i + 1), zmm(i), zmm(i + 1));
    }
    for (int i = 0; i < SIDE; i += 4) { // fours: row 4 q + j of a quarter q is in register j
      a.vunpcklpd(zmm(i), other(i), other(i + 2));
      a.vunpckhpd(zmm(i + 1), other(i), other(i + 2));
      a.vunpcklpd(zmm(i + 2), other(i + 1), other(i + 3));
      a.vunpckhpd(zmm(i + 3), other(i + 1), other(i + 3));
    }
    for (int j = 0; j < 4; j++) { // even and odd quarters of eight columns
      for (int half = 0; half < 2; half++) {
        Vec low = zmm(8 * half + j);
        Vec high = zmm(8 * half + 4 + j);
        a.vshuff32x4(other(4 * j + 2 * half), low, high, EVEN);
        a.vshuff32x4(other(4 * j + 2 * half + 1), low, high, ODD);
      }
    }
    for (int j = 0; j < 4; j++) {
      Vec even = other(4 * j);
      Vec odd = other(4 * j + 1);
      a.vshuff32x4(zmm(j), even, other(4 * j + 2), EVEN);
      a.vshuff32x4(zmm(8 + j), even, other(4 * j + 2), ODD);
      a.vshuff32x4(zmm(4 + j), odd, other(4 * j + 3), EVEN);
      a.vshuff32x4(zmm(12 + j), odd, other(4 * j + 3), ODD);
    }
  }

  /** Quarters 0 and 2 of both. */
  private static final int EVEN = 0x88;

  /** Quarters 1 and 3 of both. */
  private static final int ODD = 0xDD;

  private static Vec other(int i) {
    return zmm(SIDE + i);
  }
}
