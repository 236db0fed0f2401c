package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes windows of any size: pixels and lines whose windows have the same taps, which are a list
 * of pairs of longs: where in x a tap of the first pixel is, and its weights, in bytes. Lines are
 * read from one end to the other, some pixels with all their channels at a time.
 *
 * <p>Sums take the first eight registers.
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
    /** The channels of a vector. */
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
  private static final int MOST_TOGETHER = TOGETHER[0];

  private final Assembler a;
  private final VectorLevel level;
  private final Slots slots;
  private final TapsShape shape;
  private final SumEnding ending;
  private final Vec weight;
  private final Vec loaded;
  private final Vec start;

  /** Whether a vector may be a part. */
  private boolean part;

  private TapsCode(TapsShape shape, VectorLevel level) {
    this.a = level.assembler();
    this.level = level;
    this.slots = new Slots(a, FREE);
    this.shape = shape;
    this.ending = new SumEnding(a, level, shape.ending(), Slot.LOW.memory(), Slot.HIGH.memory());
    this.weight = level.register(MOST_TOGETHER);
    this.loaded = level.register(MOST_TOGETHER + 1);
    this.start = level.register(MOST_TOGETHER + 2);
  }

  /** The code of a shape. */
  static Assembler write(TapsShape shape, VectorLevel level) {
    return new TapsCode(shape, level).write();
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
    level.clear(a, start);
    if (shape.fold() == TapsShape.Fold.MAXIMUM) {
      a.mov(FREE, Float.floatToRawIntBits(Float.NEGATIVE_INFINITY) & 0xFFFF_FFFFL);
      a.vmovd(start.of(16), FREE);
      a.vbroadcastss(start, start.of(16));
    }
    ending.begin();
    level.withLanes(
        a,
        Slot.CHANNELS.memory(),
        FREE,
        isPart -> {
          part = isPart;
          lines();
        });
    Frame.leave(a);
    return a;
  }

  private void lines() {
    var line = new Label();
    slots.copy(Slot.LINE_X.memory(), Slot.X.memory());
    slots.copy(Slot.LINE_Y.memory(), Slot.Y.memory());
    a.bind(line);
    a.mov(X, Slot.LINE_X.memory());
    a.mov(Y, Slot.LINE_Y.memory());
    repeat(Slot.EIGHTS, TOGETHER[0]);
    repeat(Slot.FOURS, TOGETHER[1]);
    repeat(Slot.ONES, TOGETHER[2]);
    slots.add(Slot.LINE_X.memory(), Slot.LINE.memory());
    slots.add(Slot.LINE_Y.memory(), Slot.Y_LINE.memory());
    slots.countDown(Slot.LINES.memory(), line);
  }

  private void repeat(Slot count, int pixels) {
    slots.repeat(count.memory(), COUNT, () -> vectors(pixels));
  }

  private void load(Vec to, Mem from) {
    if (part) {
      level.load(a, to, from, 0);
    } else {
      a.vmovups(to, from);
    }
  }

  /** Some pixels, all channels. */
  private void vectors(int pixels) {
    var vector = new Label();
    a.mov(Slot.NOW_X.memory(), X);
    a.mov(Slot.NOW_Y.memory(), Y);
    a.mov(WEIGHTS, Slot.WEIGHTS.memory());
    if (shape.bias()) {
      slots.copy(Slot.NOW_BIAS.memory(), Slot.BIAS.memory());
    }
    slots.copy(Slot.VECTORS_LEFT.memory(), Slot.VECTORS.memory());
    a.bind(vector);
    block(pixels);
    a.add(X, level.bytes());
    a.add(Y, level.bytes());
    a.add(WEIGHTS, level.bytes());
    if (shape.bias()) {
      slots.add(Slot.NOW_BIAS.memory(), level.bytes());
    }
    slots.countDown(Slot.VECTORS_LEFT.memory(), vector);
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
      a.vmovaps(level.register(p), start);
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
      load(weight, at(WEIGHTS, FREE, 1));
    }
    for (int p = 0; p < pixels; p++) {
      fold(level.register(p), pixel(TAP, p));
    }
    a.add(LIST, PAIR);
    a.dec(TAPS);
    a.jump(Condition.NOT_ZERO, tap);
    a.bind(none);
    ahead(pixels);
    if (shape.bias()) {
      a.mov(LIST, Slot.NOW_BIAS.memory());
    }
    if (shape.fold() == TapsShape.Fold.MEAN) {
      a.vbroadcastss(weight, Slot.DIVISOR.memory());
    }
    a.mov(FREE, Y);
    for (int p = 0; p < pixels; p++) {
      finish(level.register(p));
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

  private void fold(Vec sum, Mem x) {
    switch (shape.fold()) {
      case WEIGHTED_SUM -> a.vfmadd231ps(sum, weight, operand(x));
      case MEAN -> a.vaddps(sum, sum, operand(x));
      case MAXIMUM -> {
        load(loaded, x);
        a.vmaxps(sum, loaded, sum); // what is NaN stays, and the first of two zeros
        level.takeNaN(a, sum, loaded);
      }
    }
  }

  /** Memory, or a register where only a part of it may be read. */
  private Source operand(Mem x) {
    if (part) {
      level.load(a, loaded, x, 0);
      return loaded;
    }
    return x;
  }

  private void finish(Vec sum) {
    if (shape.fold() == TapsShape.Fold.MEAN) {
      a.vdivps(sum, sum, weight);
    }
    if (shape.residual()) {
      ending.add(sum, at(FREE, RESIDUAL, 1), part, 0);
    }
    if (shape.bias()) {
      a.vaddps(sum, sum, operand(at(LIST)));
    }
    ending.store(sum, at(FREE), part, 0);
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
