package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;

import dev.sardonyx.runtime.kernel.machine.KeyMaskCode.Slot;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the masks of attention, for all rows of scores, at AVX2: {@code Kernels.maskKeys}. What
 * holds for a key is a lane of all ones.
 */
final class ShortKeyMaskCode {
  private static final int NOT_EQUAL = 4; // or NaN

  private static final Gp ROWS = Gp.RBX;
  private static final Gp KEYS = Gp.RDX;
  private static final Gp SCORES = Gp.RSI;
  private static final Gp BLIND = Gp.R8;
  private static final Gp MASK = Gp.R9;
  private static final Gp AT = Gp.R10;
  private static final Gp LEFT = Gp.RCX;
  private static final Gp FREE = Gp.R11;
  private static final Gp KEY_BYTE = Gp.R12;
  private static final Gp COUNT = Gp.R13;
  private static final Gp ONE = Gp.R14;

  /** Keys of a row that there is a mask for. */
  private static final Gp MASKED_KEYS = Gp.R15;

  private static final Gp POOL = Gp.RBP;

  private static final Vec SCORE = ymm(0);
  private static final Vec BIAS = ymm(1);
  private static final Vec KEY = ymm(2);
  private static final Vec SEEN = ymm(3);
  private static final Vec SHOWN = ymm(4);
  private static final Vec FACTOR = ymm(5);
  private static final Vec HIDDEN = ymm(6);
  private static final Vec FROM = ymm(7);
  private static final Vec TO = ymm(8);

  /** The smaller of TO and what ends all rows. */
  private static final Vec END = ymm(9);

  private static final Vec ANY_SHOWN = ymm(10);
  private static final Vec ANY_SCORE = ymm(11);
  private static final Vec INSIDE = ymm(12);
  private static final Vec OTHER = ymm(13);

  private final ShortVectors level;
  private final Assembler a;
  private final ConstantPool pool;
  private final VectorWalk walk;

  private ShortKeyMaskCode(ShortVectors level) {
    this.level = level;
    this.a = level.assembler();
    this.pool = new ConstantPool(level, POOL);
    this.walk = new VectorWalk(a, level, pool, LEFT, FREE);
  }

  /** The code, by the number that {@code MachineKeyMasks} gives it. */
  static Assembler write(ShortVectors level, int number) {
    return new ShortKeyMaskCode(level).write(number);
  }

  private Assembler write(int number) {
    var numbers = new Label();
    var row = new Label();
    Frame.enter(a);
    begin();
    a.bind(row);
    a.lea(FREE, numbers);
    a.vmovups(KEY, at(FREE));
    level.clear(a, ANY_SHOWN);
    level.clear(a, ANY_SCORE);
    a.vpbroadcastd(END, Slot.MOST.memory());
    a.vpminsd(END, END, TO);
    a.mov(AT, 0);
    a.mov(LEFT, KEYS);
    walk.write(1, (_, part) -> score(number, part), _ -> a.add(AT, level.bytes()));
    noteBlind();
    step(FROM, Slot.FROM_STEP);
    step(TO, Slot.TO_STEP);
    a.add(MASK, Slot.MASK_PITCH.memory());
    a.lea(SCORES, at(SCORES, KEYS, Float.BYTES));
    a.add(BLIND, Long.BYTES);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    Frame.leave(a);
    a.bind(numbers);
    for (int i = 0; i < level.lanes(); i++) {
      a.data(i);
    }
    pool.end(a);
    return a;
  }

  private void begin() {
    var less = new Label();
    pool.begin(a);
    a.mov(ROWS, Slot.ROWS.memory());
    a.mov(KEYS, Slot.KEYS.memory());
    a.mov(SCORES, Slot.SCORES.memory());
    a.mov(BLIND, Slot.BLIND.memory());
    a.mov(MASK, Slot.MASK.memory());
    a.mov(MASKED_KEYS, Slot.MOST.memory());
    a.cmp(MASKED_KEYS, KEYS);
    a.jump(Condition.LESS, less);
    a.mov(MASKED_KEYS, KEYS);
    a.bind(less);
    a.vbroadcastss(FACTOR, Slot.FACTOR.memory());
    a.vmovups(HIDDEN, pool.of(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY)));
    a.vpbroadcastd(FROM, Slot.FROM.memory());
    a.vpbroadcastd(TO, Slot.TO.memory());
  }

  private void step(Vec bound, Slot by) {
    a.vpbroadcastd(OTHER, by.memory());
    a.vpaddd(bound, bound, OTHER);
  }

  private void score(int number, boolean part) {
    Mem place = at(SCORES, AT, 1);
    walk.load(SCORE, place, part);
    a.vmulps(SCORE, SCORE, FACTOR);
    a.vpcmpgtd(OTHER, FROM, KEY);
    a.vpcmpgtd(SEEN, END, KEY);
    a.vandnps(SEEN, OTHER, SEEN);
    if (part) {
      a.vmovups(INSIDE, pool.part(FREE));
      a.vandps(SEEN, SEEN, INSIDE);
    }
    switch (number) {
      case MachineKeyMasks.MASKED -> {
        a.vmaskmovps(BIAS, SEEN, at(MASK, AT, 1));
        a.vblendvps(BIAS, HIDDEN, BIAS, SEEN);
        a.vcmpps(SHOWN, BIAS, HIDDEN, NOT_EQUAL);
      }
      case MachineKeyMasks.CHOSEN -> {
        truths();
        a.vandnps(SHOWN, OTHER, SEEN);
        a.vandnps(BIAS, SHOWN, HIDDEN);
      }
      default -> {
        a.vmovaps(SHOWN, SEEN);
        a.vandnps(BIAS, SEEN, HIDDEN);
      }
    }
    a.vorps(ANY_SHOWN, ANY_SHOWN, SHOWN);
    a.vaddps(SCORE, SCORE, BIAS);
    a.vcmpps(SHOWN, SCORE, HIDDEN, NOT_EQUAL);
    if (part) {
      a.vandps(SHOWN, SHOWN, INSIDE);
    }
    a.vorps(ANY_SCORE, ANY_SCORE, SHOWN);
    walk.store(place, SCORE, part);
    a.vpaddd(KEY, KEY, pool.of(level.lanes()));
  }

  /** Leaves ones where the mask does not hold; of its bytes none beyond its end is read. */
  private void truths() {
    var whole = new Label();
    var one = new Label();
    var few = new Label();
    var loaded = new Label();
    a.mov(KEY_BYTE, AT);
    a.shr(KEY_BYTE, 2); // from floats to bytes
    a.mov(COUNT, MASKED_KEYS);
    a.sub(COUNT, KEY_BYTE);
    a.add(KEY_BYTE, MASK);
    a.cmp(COUNT, level.lanes());
    a.jump(Condition.NOT_LESS, whole);
    a.mov(ONE, 0);
    a.mov(Slot.FEW.memory(), ONE);
    a.test(COUNT, COUNT);
    a.jump(Condition.NOT_GREATER, few);
    a.bind(one);
    a.dec(COUNT);
    a.movzx(ONE, at(KEY_BYTE, COUNT, 1));
    a.movb(at(Gp.RDI, COUNT, 1, Slot.FEW.memory().displacement()), ONE);
    a.test(COUNT, COUNT);
    a.jump(Condition.NOT_ZERO, one);
    a.bind(few);
    a.vpmovzxbd(OTHER, Slot.FEW.memory());
    a.jmp(loaded);
    a.bind(whole);
    a.vpmovzxbd(OTHER, at(KEY_BYTE));
    a.bind(loaded);
    level.clear(a, SHOWN);
    a.vpcmpeqd(OTHER, OTHER, SHOWN);
  }

  private void noteBlind() {
    var blind = new Label();
    var noted = new Label();
    a.vmovmskps(FREE, ANY_SHOWN);
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, blind);
    a.vmovmskps(FREE, ANY_SCORE);
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, blind);
    a.mov(FREE, 0);
    a.jmp(noted);
    a.bind(blind);
    a.mov(FREE, 1);
    a.bind(noted);
    a.mov(at(BLIND), FREE);
  }
}
