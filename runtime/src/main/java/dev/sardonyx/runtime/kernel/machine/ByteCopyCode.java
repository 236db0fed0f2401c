package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.xmm;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes a copy of rows of bytes from one pitch to another that does something to them. Arguments:
 * where to read, its pitch, where to write, its pitch, rows, the bytes of a row, the bits.
 */
final class ByteCopyCode {
  private static final Gp ROW = Gp.RSI;
  private static final Gp PITCH = Gp.RDX;
  private static final Gp TO_ROW = Gp.RCX;
  private static final Gp TO_PITCH = Gp.R8;
  private static final Gp ROWS = Gp.R9;
  private static final Gp BYTES = Gp.R10;
  private static final Gp LEFT = Gp.R11;
  private static final Gp FROM = Gp.RBX;
  private static final Gp TO = Gp.R12;
  private static final Gp FREE = Gp.RAX;
  private static final int XMM = 16;

  private final VectorLevel level;
  private final Assembler a;
  private final Fold fold;
  private final Vec vector;
  private final Vec bits;

  private ByteCopyCode(VectorLevel level, Fold fold) {
    this.level = level;
    this.a = level.assembler();
    this.fold = fold;
    this.vector = level.register(0);
    this.bits = level.register(1);
  }

  /** What becomes of what is copied. */
  enum Fold {
    /** Some bits are flipped. */
    FLIP,
    /** The larger of it and what was there. */
    MAX_UNSIGNED,
    MAX_SIGNED
  }

  static Assembler write(VectorLevel level, Fold fold) {
    return new ByteCopyCode(level, fold).write();
  }

  private Assembler write() {
    var row = new Label();
    Frame.enter(a);
    a.mov(ROW, Frame.slot(0));
    a.mov(PITCH, Frame.slot(1));
    a.mov(TO_ROW, Frame.slot(2));
    a.mov(TO_PITCH, Frame.slot(3));
    a.mov(ROWS, Frame.slot(4));
    a.mov(BYTES, Frame.slot(5));
    a.vpbroadcastb(bits, Frame.slot(6));
    a.bind(row);
    a.mov(FROM, ROW);
    a.mov(TO, TO_ROW);
    a.mov(LEFT, BYTES);
    steps(level.bytes(), () -> whole(vector));
    switch (level) {
      case ShortVectors _ -> rest();
      case LongVectors _ -> masked();
    }
    a.add(ROW, PITCH);
    a.add(TO_ROW, TO_PITCH);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    return a;
  }

  /** As many steps of so many bytes as there are; the rest is left. */
  private void steps(int bytes, Runnable step) {
    var again = new Label();
    var rest = new Label();
    a.sub(LEFT, bytes);
    a.jump(Condition.LESS, rest);
    a.bind(again);
    step.run();
    a.add(FROM, bytes);
    a.add(TO, bytes);
    a.sub(LEFT, bytes);
    a.jump(Condition.NOT_LESS, again);
    a.bind(rest);
    a.add(LEFT, bytes);
  }

  private void whole(Vec part) {
    a.vmovups(part, at(FROM));
    fold(part, at(TO));
    a.vmovups(at(TO), part);
  }

  /** The rest of a row by masks: none of it too. */
  private void masked() {
    a.mov(FREE, -1);
    a.bzhi(FREE, FREE, LEFT);
    a.kmovq(k(1), FREE);
    a.vmovdqu8(vector.zeroed(k(1)), at(FROM));
    if (fold != Fold.FLIP) {
      a.vmovdqu8(zmm(2).zeroed(k(1)), at(TO));
    }
    fold(vector, zmm(2));
    a.vmovdqu8(at(TO).masked(k(1)), vector);
  }

  /** The rest of a row by fewer and fewer bytes. */
  private void rest() {
    steps(XMM, () -> whole(vector.of(XMM)));
    steps(
        Integer.BYTES,
        () -> {
          a.movsxd(FREE, at(FROM));
          a.vmovd(xmm(0), FREE);
          if (fold != Fold.FLIP) {
            a.movsxd(FREE, at(TO));
            a.vmovd(xmm(2), FREE);
          }
          fold(xmm(0), xmm(2));
          a.vmovd(FREE, xmm(0));
          a.movd(at(TO), FREE);
        });
    steps(
        1,
        () -> {
          a.movzx(FREE, at(FROM));
          a.vmovd(xmm(0), FREE);
          if (fold != Fold.FLIP) {
            a.movzx(FREE, at(TO));
            a.vmovd(xmm(2), FREE);
          }
          fold(xmm(0), xmm(2));
          a.vmovd(FREE, xmm(0));
          a.movb(at(TO), FREE);
        });
  }

  private void fold(Vec part, Source there) {
    switch (fold) {
      case FLIP -> a.vxorps(part, part, bits.of(part.bytes()));
      case MAX_UNSIGNED -> a.vpmaxub(part, part, there);
      case MAX_SIGNED -> a.vpmaxsb(part, part, there);
    }
  }
}
