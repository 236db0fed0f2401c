package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import org.jspecify.annotations.Nullable;

/** Writes sums of what is quantised, or becomes so, vector by vector of {@link #LANES} elements. */
final class QuantizedSumCode {
  /** Elements of a vector. */
  static final int LANES = 16;

  /** The arguments, in their order. */
  enum Slot {
    A,
    B,
    Y,
    /** Whole vectors. */
    VECTORS,
    /** The mask of the elements behind them. */
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
  private static final Vec LEFT = zmm(0);
  private static final Vec RIGHT = zmm(1);

  private final Assembler code = new Assembler();
  private final Kind a;
  private final @Nullable Kind b;
  private final Kind y;

  private QuantizedSumCode(Kind a, @Nullable Kind b, Kind y) {
    this.a = a;
    this.b = b;
    this.y = y;
  }

  static Assembler write(Kind a, @Nullable Kind b, Kind y) {
    return new QuantizedSumCode(a, b, y).write();
  }

  private Assembler write() {
    var vector = new Label();
    var rest = new Label();
    Frame.enter(code);
    code.mov(A, Slot.A.memory());
    code.mov(B, Slot.B.memory());
    code.mov(Y, Slot.Y.memory());
    code.mov(COUNT, Slot.VECTORS.memory());
    for (Slot slot : Slot.values()) {
      if (slot.ordinal() >= Slot.A_ZERO.ordinal()) {
        code.vbroadcastss(constant(slot), slot.memory());
      }
    }
    code.mov(Gp.RAX, 0xFFFF);
    code.kmovw(k(1), Gp.RAX);
    code.test(COUNT, COUNT);
    code.jump(Condition.ZERO, rest);
    code.bind(vector);
    elements();
    code.add(A, LANES * a.bytes());
    if (b != null) {
      code.add(B, LANES * b.bytes());
    }
    code.add(Y, LANES * y.bytes());
    code.dec(COUNT);
    code.jump(Condition.NOT_ZERO, vector);
    code.bind(rest);
    code.mov(Gp.RAX, Slot.REST.memory());
    code.kmovw(k(1), Gp.RAX);
    elements();
    Frame.leave(code);
    return code;
  }

  private static Vec constant(Slot slot) {
    return zmm(16 + slot.ordinal() - Slot.A_ZERO.ordinal());
  }

  private void elements() {
    load(a, LEFT, A, Slot.A_ZERO, Slot.A_SCALE);
    if (b != null) {
      load(b, RIGHT, B, Slot.B_ZERO, Slot.B_SCALE);
      code.vaddps(LEFT, LEFT, RIGHT);
    }
    if (y == Kind.FLOAT32) {
      code.vmovups(at(Y).masked(k(1)), LEFT);
      return;
    }
    code.vdivps(LEFT, LEFT, constant(Slot.Y_SCALE));
    code.vmaxps(LEFT, LEFT, constant(Slot.LOW)); // which is what NaN becomes
    code.vminps(LEFT, LEFT, constant(Slot.HIGH));
    code.vcvtps2dq(LEFT, LEFT);
    code.vpaddd(LEFT, LEFT, constant(Slot.Y_ZERO));
    code.vpmovdb(LEFT.of(16), LEFT);
    code.vmovdqu8(at(Y).masked(k(1)), LEFT.of(16));
  }

  private void load(Kind kind, Vec to, Gp from, Slot zero, Slot scale) {
    switch (kind) {
      case FLOAT32 -> code.vmovups(to.zeroed(k(1)), at(from));
      case UINT8 -> code.vpmovzxbd(to.zeroed(k(1)), at(from));
      case INT8 -> code.vpmovsxbd(to.zeroed(k(1)), at(from));
    }
    if (kind != Kind.FLOAT32) {
      code.vpsubd(to, to, constant(zero));
      code.vcvtdq2ps(to, to);
      code.vmulps(to, to, constant(scale));
    }
  }
}
