package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;
import org.jspecify.annotations.Nullable;

/**
 * Writes sums of what is quantised, or becomes so, vector by vector; elements behind whole vectors
 * are a part of one with AVX-512, and come one at a time without.
 */
final class QuantizedSumCode {
  /** The arguments, in their order. */
  enum Slot {
    A,
    B,
    Y,
    /** Whole vectors. */
    VECTORS,
    /** The elements behind them. */
    REST,
    A_ZERO,
    A_SCALE,
    B_ZERO,
    B_SCALE,
    Y_ZERO,
    Y_SCALE,
    LOW,
    HIGH;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp A = Gp.RSI;
  private static final Gp B = Gp.RDX;
  private static final Gp Y = Gp.RCX;
  private static final Gp COUNT = Gp.R8;
  private static final Gp ONE = Gp.RAX;
  private static final int XMM = 16;

  private final VectorLevel level;
  private final Assembler code;
  private final Kind a;
  private final @Nullable Kind b;
  private final Kind y;
  private final Vec left;
  private final Vec right;

  private QuantizedSumCode(VectorLevel level, Kind a, @Nullable Kind b, Kind y) {
    this.level = level;
    this.code = level.assembler();
    this.a = a;
    this.b = b;
    this.y = y;
    this.left = level.register(0);
    this.right = level.register(1);
  }

  static Assembler write(VectorLevel level, Kind a, @Nullable Kind b, Kind y) {
    return new QuantizedSumCode(level, a, b, y).write();
  }

  private Assembler write() {
    var rest = new Label();
    var end = new Label();
    Frame.enter(code);
    code.mov(A, Slot.A.memory());
    code.mov(B, Slot.B.memory());
    code.mov(Y, Slot.Y.memory());
    for (Slot slot : Slot.values()) {
      if (slot.ordinal() >= Slot.A_ZERO.ordinal()) {
        code.vbroadcastss(constant(slot), slot.memory());
      }
    }
    code.mov(COUNT, Slot.VECTORS.memory());
    code.test(COUNT, COUNT);
    code.jump(Condition.ZERO, rest);
    steps(level.lanes(), false);
    code.bind(rest);
    code.mov(COUNT, Slot.REST.memory());
    code.test(COUNT, COUNT);
    code.jump(Condition.ZERO, end);
    switch (level) {
      case ShortVectors _ -> steps(1, true);
      case LongVectors _ -> {
        level.beginPart(code, COUNT, ONE);
        elements(true);
      }
    }
    code.bind(end);
    Frame.leave(code);
    return code;
  }

  /** As many steps of some elements as there are. */
  private void steps(int elements, boolean part) {
    var again = new Label();
    code.bind(again);
    elements(part);
    code.add(A, elements * a.bytes());
    if (b != null) {
      code.add(B, elements * b.bytes());
    }
    code.add(Y, elements * y.bytes());
    code.dec(COUNT);
    code.jump(Condition.NOT_ZERO, again);
  }

  private Vec constant(Slot slot) {
    return level.register(4 + slot.ordinal() - Slot.A_ZERO.ordinal());
  }

  private void elements(boolean part) {
    load(a, left, A, Slot.A_ZERO, Slot.A_SCALE, part);
    if (b != null) {
      load(b, right, B, Slot.B_ZERO, Slot.B_SCALE, part);
      code.vaddps(left, left, right);
    }
    if (y == Kind.FLOAT32) {
      storeFloats(part);
      return;
    }
    code.vdivps(left, left, constant(Slot.Y_SCALE));
    code.vmaxps(left, left, constant(Slot.LOW)); // which is what NaN becomes
    code.vminps(left, left, constant(Slot.HIGH));
    code.vcvtps2dq(left, left);
    code.vpaddd(left, left, constant(Slot.Y_ZERO));
    storeBytes(part);
  }

  private void storeFloats(boolean part) {
    if (!part) {
      code.vmovups(at(Y), left);
    } else {
      switch (level) {
        case ShortVectors _ -> code.vmovss(at(Y), left.of(XMM));
        case LongVectors _ -> code.vmovups(at(Y).masked(k(1)), left);
      }
    }
  }

  /** Stores the lowest bytes of ints, which no saturation changes. */
  private void storeBytes(boolean part) {
    Vec bytes = left.of(XMM);
    switch (level) {
      case LongVectors _ -> {
        code.vpmovdb(bytes, left);
        code.vmovdqu8(part ? at(Y).masked(k(1)) : at(Y), bytes);
      }
      case ShortVectors _ when part -> {
        code.vmovd(ONE, bytes);
        code.movb(at(Y), ONE);
      }
      case ShortVectors _ -> {
        level.upperHalf(code, right.of(XMM), left);
        code.vpackssdw(bytes, bytes, right.of(XMM));
        if (y == Kind.INT8) {
          code.vpacksswb(bytes, bytes, bytes);
        } else {
          code.vpackuswb(bytes, bytes, bytes);
        }
        code.vmovq(at(Y), bytes);
      }
    }
  }

  private void load(Kind kind, Vec to, Gp from, Slot zero, Slot scale, boolean part) {
    if (!part) {
      load(kind, to, at(from));
    } else {
      switch (level) {
        case ShortVectors _ -> loadOne(kind, to, from);
        case LongVectors _ -> load(kind, to.zeroed(k(1)), at(from));
      }
    }
    if (kind != Kind.FLOAT32) {
      code.vpsubd(to, to, constant(zero));
      code.vcvtdq2ps(to, to);
      code.vmulps(to, to, constant(scale));
    }
  }

  private void loadOne(Kind kind, Vec to, Gp from) {
    if (kind == Kind.FLOAT32) {
      code.vmovss(to.of(XMM), at(from));
    } else {
      code.movzx(ONE, at(from));
      code.vmovd(to.of(XMM), ONE);
      load(kind, to, to.of(XMM));
    }
  }

  private void load(Kind kind, Vec to, Source from) {
    switch (kind) {
      case FLOAT32 -> code.vmovups(to, from);
      case UINT8 -> code.vpmovzxbd(to, from);
      case INT8 -> code.vpmovsxbd(to, from);
    }
  }
}
