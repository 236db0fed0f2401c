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
 * Writes windows of any size for AVX-512: pixels and lines whose windows have the same taps, which
 * are a list of pairs of longs: where in x a tap of the first pixel is, and its weights, in bytes.
 * Lines are read from one end to the other, some pixels with all their channels at a time.
 *
 * <p>Sums take zmm0 to zmm7, weights zmm16, the divisor zmm26; k1 has the channels.
 */
final class TapsCode {
  /** Pixels that are computed at once, as many as there are, then fewer. */
  static final int[] TOGETHER = {8, 4, 1};

  /** The bytes of a tap in the list. */
  static final int PAIR = 2 * Long.BYTES;

  /** The arguments, in their order; sizes are bytes but for counts. */
  enum Slot {
    X,
    /** From the window of a pixel to the next, and of a line. */
    PIXEL,
    LINE,
    TAPS,
    COUNT,
    /** Places, a long each, that windows of the next line are the first to meet. */
    AHEAD,
    AHEAD_COUNT,
    /** How many times 8, 4 pixels and 1 there are. */
    EIGHTS,
    FOURS,
    ONES,
    LINES,
    VECTORS,
    WEIGHTS,
    BIAS,
    RESIDUAL,
    Y,
    Y_PIXEL,
    Y_LINE,
    DIVISOR,
    LOW,
    HIGH,
    /** The channels of a vector, a bit each. */
    CHANNELS,
    /** Not arguments: the same of the present line and of the present pixels. */
    LINE_X,
    LINE_Y,
    NOW_X,
    NOW_Y,
    NOW_BIAS,
    VECTORS_LEFT;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp X = Gp.RSI;
  private static final Gp TAP = Gp.RDX;
  private static final Gp LIST = Gp.RCX;
  private static final Gp PIXEL = Gp.RAX;
  private static final Gp PIXEL_3 = Gp.R8;
  private static final Gp PIXEL_5 = Gp.R9;
  private static final Gp PIXEL_7 = Gp.R10;
  private static final Gp FREE = Gp.R11;
  private static final Gp Y = Gp.R12;
  private static final Gp Y_PIXEL = Gp.RBX;
  private static final Gp WEIGHTS = Gp.RBP;
  private static final Gp COUNT = Gp.R13;
  private static final Gp TAPS = Gp.R14;
  private static final Gp RESIDUAL = Gp.R15;
  private static final Vec WEIGHT = zmm(16);
  private static final Vec DIVISOR = zmm(26);
  private static final Vec START = zmm(27);
  private static final int VECTOR = 64;

  private final Assembler a = new Assembler();
  private final TapsShape shape;
  private final SumEnding ending;

  private TapsCode(TapsShape shape) {
    this.shape = shape;
    this.ending = new SumEnding(a, shape.ending());
  }

  /** The code of a shape. */
  static Assembler write(TapsShape shape) {
    return new TapsCode(shape).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(PIXEL, Slot.PIXEL.memory());
    a.lea(PIXEL_3, at(PIXEL, PIXEL, 2));
    a.lea(PIXEL_5, at(PIXEL, PIXEL, 4));
    a.lea(PIXEL_7, at(PIXEL_3, PIXEL, 4));
    a.mov(Y_PIXEL, Slot.Y_PIXEL.memory());
    a.mov(RESIDUAL, Slot.RESIDUAL.memory());
    a.sub(RESIDUAL, Slot.Y.memory());
    a.mov(WEIGHTS, Slot.WEIGHTS.memory());
    a.mov(FREE, Slot.CHANNELS.memory());
    a.kmovw(k(1), FREE);
    a.vpxord(START, START, START);
    switch (shape.fold()) {
      case WEIGHTED_SUM -> {}
      case MAXIMUM -> {
        a.mov(FREE, Float.floatToRawIntBits(Float.NEGATIVE_INFINITY) & 0xFFFF_FFFFL);
        a.vpbroadcastd(START, FREE);
      }
      case MEAN -> a.vbroadcastss(DIVISOR, Slot.DIVISOR.memory());
    }
    ending.begin(Slot.LOW.memory(), Slot.HIGH.memory());
    lines();
    Frame.leave(a);
    return a;
  }

  private void lines() {
    var line = new Label();
    copy(Slot.LINE_X, Slot.X);
    copy(Slot.LINE_Y, Slot.Y);
    a.bind(line);
    a.mov(X, Slot.LINE_X.memory());
    a.mov(Y, Slot.LINE_Y.memory());
    repeat(Slot.EIGHTS, TOGETHER[0]);
    repeat(Slot.FOURS, TOGETHER[1]);
    repeat(Slot.ONES, TOGETHER[2]);
    add(Slot.LINE_X, Slot.LINE);
    add(Slot.LINE_Y, Slot.Y_LINE);
    countDown(Slot.LINES, line);
  }

  private void copy(Slot to, Slot from) {
    a.mov(FREE, from.memory());
    a.mov(to.memory(), FREE);
  }

  private void add(Slot to, Slot step) {
    a.mov(FREE, to.memory());
    a.add(FREE, step.memory());
    a.mov(to.memory(), FREE);
  }

  private void advance(Slot slot) {
    a.mov(FREE, slot.memory());
    a.add(FREE, VECTOR);
    a.mov(slot.memory(), FREE);
  }

  private void countDown(Slot slot, Label again) {
    a.mov(FREE, slot.memory());
    a.dec(FREE);
    a.mov(slot.memory(), FREE);
    a.test(FREE, FREE);
    a.jump(Condition.NOT_ZERO, again);
  }

  private void repeat(Slot count, int pixels) {
    var again = new Label();
    var none = new Label();
    a.mov(COUNT, count.memory());
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, none);
    a.bind(again);
    vectors(pixels);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, again);
    a.bind(none);
  }

  /** Some pixels, all channels. */
  private void vectors(int pixels) {
    var vector = new Label();
    a.mov(Slot.NOW_X.memory(), X);
    a.mov(Slot.NOW_Y.memory(), Y);
    a.mov(WEIGHTS, Slot.WEIGHTS.memory());
    if (shape.bias()) {
      copy(Slot.NOW_BIAS, Slot.BIAS);
    }
    copy(Slot.VECTORS_LEFT, Slot.VECTORS);
    a.bind(vector);
    block(pixels);
    a.add(X, VECTOR);
    a.add(Y, VECTOR);
    a.add(WEIGHTS, VECTOR);
    if (shape.bias()) {
      advance(Slot.NOW_BIAS);
    }
    countDown(Slot.VECTORS_LEFT, vector);
    a.mov(X, Slot.NOW_X.memory());
    a.lea(X, pixel(X, pixels));
    a.mov(Y, pixels);
    a.imul(Y, Y_PIXEL);
    a.add(Y, Slot.NOW_Y.memory());
  }

  private void block(int pixels) {
    var tap = new Label();
    var none = new Label();
    for (int p = 0; p < pixels; p++) {
      a.vmovaps(zmm(p), START);
    }
    a.mov(LIST, Slot.TAPS.memory());
    a.mov(TAPS, Slot.COUNT.memory());
    a.test(TAPS, TAPS);
    a.jump(Condition.ZERO, none);
    a.bind(tap);
    a.mov(TAP, at(LIST));
    a.add(TAP, X);
    if (shape.fold() == TapsShape.Fold.WEIGHTED_SUM) {
      a.mov(FREE, at(LIST, Long.BYTES));
      a.vmovups(WEIGHT.zeroed(k(1)), at(WEIGHTS, FREE, 1));
    }
    for (int p = 0; p < pixels; p++) {
      fold(zmm(p), zmm(8 + p), pixel(TAP, p));
    }
    a.add(LIST, PAIR);
    a.dec(TAPS);
    a.jump(Condition.NOT_ZERO, tap);
    a.bind(none);
    ahead(pixels);
    if (shape.bias()) {
      a.mov(LIST, Slot.NOW_BIAS.memory());
    }
    a.mov(FREE, Y);
    for (int p = 0; p < pixels; p++) {
      finish(zmm(p));
    }
  }

  /**
   * Asks for what the next line is the first to read, and for its y, so that they come meanwhile.
   */
  private void ahead(int pixels) {
    var place = new Label();
    var none = new Label();
    a.mov(LIST, Slot.AHEAD.memory());
    a.mov(TAPS, Slot.AHEAD_COUNT.memory());
    a.test(TAPS, TAPS);
    a.jump(Condition.ZERO, none);
    a.bind(place);
    a.mov(TAP, at(LIST));
    a.add(TAP, X);
    for (int p = 0; p < pixels; p++) {
      a.prefetcht1(pixel(TAP, p));
    }
    a.add(LIST, Long.BYTES);
    a.dec(TAPS);
    a.jump(Condition.NOT_ZERO, place);
    a.mov(TAP, Y);
    a.add(TAP, Slot.Y_LINE.memory());
    for (int p = 0; p < pixels; p++) {
      a.prefetcht1(at(TAP));
      a.add(TAP, Y_PIXEL);
    }
    a.bind(none);
  }

  private void fold(Vec sum, Vec loaded, Mem x) {
    switch (shape.fold()) {
      case WEIGHTED_SUM -> a.vfmadd231ps(sum.masked(k(1)), WEIGHT, x);
      case MEAN -> a.vaddps(sum.masked(k(1)), sum, x);
      case MAXIMUM -> {
        a.vmovups(loaded.zeroed(k(1)), x);
        a.vcmpps(k(3), sum, sum, 7); // what is NaN stays
        a.vcmpps(k(3).masked(k(3)), sum, loaded, 25); // less, or NaN comes
        a.vmovaps(sum.masked(k(3)), loaded);
      }
    }
  }

  private void finish(Vec sum) {
    if (shape.fold() == TapsShape.Fold.MEAN) {
      a.vdivps(sum, sum, DIVISOR);
    }
    if (shape.residual()) {
      ending.add(sum, at(FREE, RESIDUAL, 1));
    }
    if (shape.bias()) {
      a.vaddps(sum.masked(k(1)), sum, at(LIST));
    }
    ending.store(sum, at(FREE));
    a.add(FREE, Y_PIXEL);
  }

  private static Mem pixel(Gp base, int pixel) {
    return switch (pixel) {
      case 0 -> at(base);
      case 1, 2, 4, 8 -> at(base, PIXEL, pixel);
      case 3, 6 -> at(base, PIXEL_3, pixel / 3);
      case 5 -> at(base, PIXEL_5, 1);
      case 7 -> at(base, PIXEL_7, 1);
      default -> throw new AssertionError(pixel);
    };
  }
}
