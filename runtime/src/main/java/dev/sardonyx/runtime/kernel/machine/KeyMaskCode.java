package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mask;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** Writes the masks of attention, for all rows of scores, at AVX-512: {@code Kernels.maskKeys}. */
final class KeyMaskCode {
  private static final int VECTOR = 64;
  private static final int LANES = VECTOR / Float.BYTES;

  /** The arguments, in their order. */
  enum Slot {
    ROWS,
    KEYS,
    SCORES,
    BLIND,
    FACTOR,
    MASK,
    MASK_PITCH,
    FROM,
    FROM_STEP,
    TO,
    TO_STEP,
    MOST,
    /** Not an argument: eight bytes of a mask, where fewer are left. */
    FEW;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  // Predicates of comparisons.
  private static final int EQUAL = 0;
  private static final int LESS = 1;
  private static final int NOT_EQUAL = 4; // or NaN
  private static final int NOT_LESS = 5;

  private static final Gp ROWS = Gp.RBX;
  private static final Gp KEYS = Gp.RDX;
  private static final Gp SCORES = Gp.RSI;
  private static final Gp BLIND = Gp.R8;
  private static final Gp MASK = Gp.R9;
  private static final Gp AT = Gp.R10;
  private static final Gp LEFT = Gp.RCX;
  private static final Gp FREE = Gp.R11;

  private static final Vec SCORE = zmm(0);
  private static final Vec BIAS = zmm(1);
  private static final Vec KEY = zmm(2);
  private static final Vec FACTOR = zmm(3);
  private static final Vec HIDDEN = zmm(4);
  private static final Vec FROM = zmm(5);
  private static final Vec TO = zmm(6);
  private static final Vec MOST = zmm(7);
  private static final Vec FROM_STEP = zmm(8);
  private static final Vec TO_STEP = zmm(9);
  private static final Vec FIRST_KEYS = zmm(10);
  private static final Vec LANES_ON = zmm(11);

  private static final Vec TRUTHS = zmm(12);
  private static final Vec ZERO = zmm(13);

  private static final Mask INSIDE = k(1);
  private static final Mask SEEN = k(2);
  private static final Mask SHOWN = k(3);
  private static final Mask ANY_SHOWN = k(4);
  private static final Mask ANY_SCORE = k(5);

  private final Assembler a = new Assembler();

  private KeyMaskCode() {}

  /** The code, by the number that {@code MachineKeyMasks} gives it. */
  static Assembler write(int number) {
    return new KeyMaskCode().writeMask(number);
  }

  private Assembler writeMask(int number) {
    var numbers = new Label();
    Frame.enter(a);
    a.mov(ROWS, Slot.ROWS.memory());
    a.mov(KEYS, Slot.KEYS.memory());
    a.mov(SCORES, Slot.SCORES.memory());
    a.mov(BLIND, Slot.BLIND.memory());
    a.vbroadcastss(FACTOR, Slot.FACTOR.memory());
    a.mov(FREE, Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
    a.vpbroadcastd(HIDDEN, FREE);
    a.vpbroadcastd(FROM, Slot.FROM.memory());
    a.vpbroadcastd(TO, Slot.TO.memory());
    a.vpbroadcastd(MOST, Slot.MOST.memory());
    a.vpbroadcastd(FROM_STEP, Slot.FROM_STEP.memory());
    a.vpbroadcastd(TO_STEP, Slot.TO_STEP.memory());
    a.mov(FREE, LANES);
    a.vpbroadcastd(LANES_ON, FREE);
    a.vpxord(ZERO, ZERO, ZERO);
    a.lea(FREE, numbers);
    a.vmovups(FIRST_KEYS, at(FREE));
    a.mov(MASK, Slot.MASK.memory());
    var row = new Label();
    a.bind(row);
    a.vmovaps(KEY, FIRST_KEYS);
    a.mov(FREE, 0);
    a.kmovw(ANY_SHOWN, FREE);
    a.kmovw(ANY_SCORE, FREE);
    along(() -> score(number));
    noteBlind();
    a.vpaddd(FROM, FROM, FROM_STEP);
    a.vpaddd(TO, TO, TO_STEP);
    a.add(MASK, Slot.MASK_PITCH.memory());
    next(row);
    Frame.leave(a);
    a.bind(numbers);
    for (int i = 0; i < LANES; i++) {
      a.data(i);
    }
    return a;
  }

  private void next(Label row) {
    a.lea(SCORES, at(SCORES, KEYS, Float.BYTES));
    a.add(BLIND, Long.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
  }

  /** Walks along a row: the lanes inside are in a mask. */
  private void along(Runnable vector) {
    var loop = new Label();
    var whole = new Label();
    a.mov(AT, 0);
    a.mov(LEFT, KEYS);
    a.bind(loop);
    a.mov(FREE, -1);
    a.cmp(LEFT, LANES);
    a.jump(Condition.NOT_LESS, whole);
    a.bzhi(FREE, FREE, LEFT); // which sees eight bits of a count
    a.bind(whole);
    a.kmovw(INSIDE, FREE);
    vector.run();
    a.add(AT, VECTOR);
    a.sub(LEFT, LANES);
    a.jump(Condition.GREATER, loop);
  }

  private void score(int number) {
    Mem place = at(SCORES, AT, 1);
    a.vmovups(SCORE.zeroed(INSIDE), place);
    a.vmulps(SCORE, SCORE, FACTOR);
    a.vpcmpd(SEEN.masked(INSIDE), KEY, FROM, NOT_LESS);
    a.vpcmpd(SEEN.masked(SEEN), KEY, TO, LESS);
    a.vpcmpd(SEEN.masked(SEEN), KEY, MOST, LESS);
    a.vmovaps(BIAS, HIDDEN);
    switch (number) {
      case MachineKeyMasks.MASKED -> {
        a.vmovups(BIAS.masked(SEEN), at(MASK, AT, 1));
        a.vcmpps(SHOWN.masked(SEEN), BIAS, HIDDEN, NOT_EQUAL);
      }
      case MachineKeyMasks.CHOSEN -> {
        a.mov(FREE, AT);
        a.shr(FREE, 2); // from floats to bytes
        a.vpmovzxbd(TRUTHS.zeroed(SEEN), at(MASK, FREE, 1));
        a.vpcmpd(SHOWN.masked(SEEN), TRUTHS, ZERO, NOT_EQUAL);
        a.vmovaps(BIAS.masked(SHOWN), ZERO);
      }
      default -> {
        a.vpcmpd(SHOWN.masked(SEEN), ZERO, ZERO, EQUAL);
        a.vmovaps(BIAS.masked(SEEN), ZERO);
      }
    }
    a.korw(ANY_SHOWN, ANY_SHOWN, SHOWN);
    a.vaddps(SCORE, SCORE, BIAS);
    a.vcmpps(SHOWN.masked(INSIDE), SCORE, HIDDEN, NOT_EQUAL);
    a.korw(ANY_SCORE, ANY_SCORE, SHOWN);
    a.vmovups(place.masked(INSIDE), SCORE);
    a.vpaddd(KEY, KEY, LANES_ON);
  }

  private void noteBlind() {
    var blind = new Label();
    var noted = new Label();
    a.kortestw(ANY_SHOWN, ANY_SHOWN);
    a.jump(Condition.ZERO, blind);
    a.kortestw(ANY_SCORE, ANY_SCORE);
    a.jump(Condition.ZERO, blind);
    a.mov(FREE, 0);
    a.jmp(noted);
    a.bind(blind);
    a.mov(FREE, 1);
    a.bind(noted);
    a.mov(at(BLIND), FREE);
  }
}
