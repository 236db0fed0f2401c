package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;

/**
 * Writes a copy of rows of bytes from one pitch to another that does something to them. Arguments:
 * where to read, its pitch, where to write, its pitch, rows, whole vectors of a row, the mask of
 * the rest, the bits.
 */
final class ByteCopyCode {
  /** Bytes of a vector. */
  static final int VECTOR = 64;

  private ByteCopyCode() {}

  /** What becomes of what is copied. */
  enum Fold {
    /** Some bits are flipped. */
    FLIP,
    /** The larger of it and what was there. */
    MAX_UNSIGNED,
    MAX_SIGNED
  }

  static Assembler write(Fold fold) {
    var a = new Assembler();
    var row = new Label();
    var vector = new Label();
    var rest = new Label();
    Frame.enter(a);
    a.mov(Gp.RSI, Frame.slot(0));
    a.mov(Gp.RDX, Frame.slot(1));
    a.mov(Gp.RCX, Frame.slot(2));
    a.mov(Gp.R8, Frame.slot(3));
    a.mov(Gp.R9, Frame.slot(4));
    a.mov(Gp.R10, Frame.slot(5));
    a.mov(Gp.RAX, Frame.slot(6));
    a.kmovq(k(1), Gp.RAX);
    a.vpbroadcastb(zmm(1), Frame.slot(7));
    a.bind(row);
    a.mov(Gp.RBX, Gp.RSI);
    a.mov(Gp.R12, Gp.RCX);
    a.mov(Gp.R11, Gp.R10);
    a.test(Gp.R11, Gp.R11);
    a.jump(Condition.ZERO, rest);
    a.bind(vector);
    a.vmovdqu8(zmm(0), at(Gp.RBX));
    if (fold != Fold.FLIP) {
      a.vmovdqu8(zmm(1), at(Gp.R12));
    }
    fold(a, fold);
    a.vmovdqu8(at(Gp.R12), zmm(0));
    a.add(Gp.RBX, VECTOR);
    a.add(Gp.R12, VECTOR);
    a.dec(Gp.R11);
    a.jump(Condition.NOT_ZERO, vector);
    a.bind(rest);
    a.vmovdqu8(zmm(0).zeroed(k(1)), at(Gp.RBX));
    if (fold != Fold.FLIP) {
      a.vmovdqu8(zmm(1).zeroed(k(1)), at(Gp.R12));
    }
    fold(a, fold);
    a.vmovdqu8(at(Gp.R12).masked(k(1)), zmm(0));
    a.add(Gp.RSI, Gp.RDX);
    a.add(Gp.RCX, Gp.R8);
    a.dec(Gp.R9);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    return a;
  }

  private static void fold(Assembler a, Fold fold) {
    switch (fold) {
      case FLIP -> a.vpxord(zmm(0), zmm(0), zmm(1));
      case MAX_UNSIGNED -> a.vpmaxub(zmm(0), zmm(0), zmm(1));
      case MAX_SIGNED -> a.vpmaxsb(zmm(0), zmm(0), zmm(1));
    }
  }
}
