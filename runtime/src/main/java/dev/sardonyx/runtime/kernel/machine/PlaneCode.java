package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes a line of a convolution of pictures of few channels: tiles of pixels by a panel of two
 * vectors of out channels. What it reads is a list of pairs of longs, one for each row of the
 * kernel and channel: where its first tap meets the first pixel, and its weights within a panel, in
 * bytes.
 *
 * <p>Sums take the registers that are not spare, and begin with the bias.
 */
final class PlaneCode {
  /** The bytes of a row in the list. */
  static final int PAIR = 2 * Long.BYTES;

  /** The arguments, in their order; sizes are bytes but for counts. */
  enum Slot {
    X,
    /** From what a tap meets for a pixel to what it meets for the next, and of the next tap. */
    PIXEL,
    TAP,
    ROWS,
    COUNT,
    /** Taps of a row. */
    TAPS,
    TILES,
    LOW_TILES,
    PANELS,
    PANEL,
    PANEL_COUNT,
    BIAS,
    RESIDUAL,
    Y,
    Y_PIXEL,
    LOW,
    HIGH,
    /** The channels of the last panel, and of those before it. */
    LAST,
    ALL,
    /** Not arguments: the same of the present tile. */
    NOW_X,
    NOW_Y,
    NOW_CHANNELS,
    TILES_LEFT;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Gp BASE = Gp.RSI;
  private static final Gp BASE_5 = Gp.RDX;
  private static final Gp BASE_10 = Gp.RCX;
  private static final Gp PIXEL = Gp.RAX;
  private static final Gp PIXEL_3 = Gp.R8;
  private static final Gp WEIGHTS = Gp.R9;
  private static final Gp COUNT = Gp.R10;
  private static final Gp FREE = Gp.R11;
  private static final Gp Y = Gp.R12;
  private static final Gp Y_PIXEL = Gp.RBX;
  private static final Gp LIST = Gp.R13;
  private static final Gp ROWS = Gp.R14;
  private static final Gp RESIDUAL = Gp.R15;
  private static final Gp TAP = Gp.RBP;

  private final Assembler a;
  private final VectorLevel level;
  private final Slots slots;
  private final PlaneShape shape;
  private final SumEnding ending;

  private PlaneCode(PlaneShape shape, VectorLevel level) {
    this.a = level.assembler();
    this.level = level;
    this.slots = new Slots(a, FREE);
    this.shape = shape;
    this.ending = new SumEnding(a, level, shape.ending(), Slot.LOW.memory(), Slot.HIGH.memory());
  }

  /** The code of a shape. */
  static Assembler write(PlaneShape shape, VectorLevel level) {
    return new PlaneCode(shape, level).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(PIXEL, Slot.PIXEL.memory());
    a.lea(PIXEL_3, at(PIXEL, PIXEL, 2));
    a.mov(TAP, Slot.TAP.memory());
    a.mov(Y_PIXEL, Slot.Y_PIXEL.memory());
    a.mov(RESIDUAL, Slot.RESIDUAL.memory());
    a.sub(RESIDUAL, Slot.Y.memory());
    var panel = new Label();
    a.bind(panel);
    channels();
    slots.copy(Slot.NOW_X.memory(), Slot.X.memory());
    slots.copy(Slot.NOW_Y.memory(), Slot.Y.memory());
    tiles(shape.height(), Slot.TILES);
    if (shape.low()) {
      tiles(shape.height() - 1, Slot.LOW_TILES);
    }
    nextPanel(panel);
    Frame.leave(a);
    return a;
  }

  /** The channels of the panel. */
  private void channels() {
    var whole = new Label();
    slots.copy(Slot.NOW_CHANNELS.memory(), Slot.ALL.memory());
    a.mov(FREE, Slot.PANEL_COUNT.memory());
    a.cmp(FREE, 1);
    a.jump(Condition.NOT_ZERO, whole);
    slots.copy(Slot.NOW_CHANNELS.memory(), Slot.LAST.memory());
    a.bind(whole);
    level.beginLanes(a, Slot.NOW_CHANNELS.memory(), 2, FREE);
  }

  private void nextPanel(Label panel) {
    var unbiased = new Label();
    slots.add(Slot.PANELS.memory(), Slot.PANEL.memory());
    slots.add(Slot.Y.memory(), 2 * level.bytes());
    a.mov(FREE, Slot.BIAS.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, unbiased);
    slots.add(Slot.BIAS.memory(), 2 * level.bytes());
    a.bind(unbiased);
    slots.countDown(Slot.PANEL_COUNT.memory(), panel);
  }

  /** Code for two vectors, of which not all lanes may be there. */
  private void withChannels(VectorLevel.Part code) {
    if (!level.partsAreApart()) {
      code.write(true);
      return;
    }
    var whole = new Label();
    var end = new Label();
    level.jumpIfWhole(a, Slot.NOW_CHANNELS.memory(), FREE, whole);
    code.write(true);
    a.jmp(end);
    a.bind(whole);
    code.write(false);
    a.bind(end);
  }

  /** All tiles of a height. */
  private void tiles(int height, Slot count) {
    var tile = new Label();
    var none = new Label();
    a.mov(FREE, count.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, none);
    a.mov(Slot.TILES_LEFT.memory(), FREE);
    a.bind(tile);
    bias(height);
    rows(height);
    ending.begin();
    withChannels(part -> finish(height, part));
    a.mov(FREE, height);
    a.imul(FREE, PIXEL);
    a.add(FREE, Slot.NOW_X.memory());
    a.mov(Slot.NOW_X.memory(), FREE);
    slots.countDown(Slot.TILES_LEFT.memory(), tile);
    a.bind(none);
  }

  private void bias(int height) {
    var none = new Label();
    level.clear(a, level.register(0));
    level.clear(a, level.register(1));
    a.mov(COUNT, Slot.BIAS.memory());
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, none);
    withChannels(this::loadBias);
    a.bind(none);
    for (int i = 2; i < 2 * height; i++) {
      a.vmovaps(level.register(i), level.register(i % 2));
    }
  }

  private void loadBias(boolean part) {
    for (int half = 0; half < 2; half++) {
      Mem from = at(COUNT, half * level.bytes());
      if (part) {
        level.useLanes(a, Slot.NOW_CHANNELS.memory(), half, FREE);
        level.load(a, level.register(half), from, half);
      } else {
        a.vmovups(level.register(half), from);
      }
    }
  }

  private void rows(int height) {
    var row = new Label();
    var tap = new Label();
    var none = new Label();
    a.mov(LIST, Slot.ROWS.memory());
    a.mov(ROWS, Slot.COUNT.memory());
    a.test(ROWS, ROWS);
    a.jump(Condition.ZERO, none);
    a.bind(row);
    a.mov(BASE, at(LIST));
    a.add(BASE, Slot.NOW_X.memory());
    a.lea(BASE_5, at(BASE, PIXEL, 4));
    a.add(BASE_5, PIXEL);
    a.lea(BASE_10, at(BASE_5, PIXEL, 4));
    a.add(BASE_10, PIXEL);
    a.mov(WEIGHTS, at(LIST, Long.BYTES));
    a.add(WEIGHTS, Slot.PANELS.memory());
    a.mov(COUNT, Slot.TAPS.memory());
    a.bind(tap);
    a.vmovups(level.spare(0), at(WEIGHTS));
    a.vmovups(level.spare(1), at(WEIGHTS, level.bytes()));
    for (int pixel = 0; pixel < height; pixel++) {
      Vec factor = level.spare(2 + (pixel & 1));
      a.vbroadcastss(factor, pixel(pixel));
      a.vfmadd231ps(level.register(2 * pixel), factor, level.spare(0));
      a.vfmadd231ps(level.register(2 * pixel + 1), factor, level.spare(1));
    }
    a.add(BASE, TAP);
    a.add(BASE_5, TAP);
    a.add(BASE_10, TAP);
    a.add(WEIGHTS, 2 * level.bytes());
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, tap);
    a.add(LIST, PAIR);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    a.bind(none);
  }

  private void finish(int height, boolean part) {
    for (int half = 0; half < 2; half++) {
      if (part) {
        level.useLanes(a, Slot.NOW_CHANNELS.memory(), half, FREE);
      }
      a.mov(Y, Slot.NOW_Y.memory());
      for (int pixel = 0; pixel < height; pixel++) {
        Vec sum = level.register(2 * pixel + half);
        int offset = half * level.bytes();
        if (shape.residual()) {
          ending.add(sum, at(Y, RESIDUAL, 1, offset), part, half);
        }
        ending.store(sum, at(Y, offset), part, half);
        a.add(Y, Y_PIXEL);
      }
    }
    a.mov(Slot.NOW_Y.memory(), Y);
  }

  /** What a tap meets for a pixel of the tile. */
  private static Mem pixel(int pixel) {
    return switch (pixel) {
      case 0 -> at(BASE);
      case 1, 2, 4 -> at(BASE, PIXEL, pixel);
      case 3 -> at(BASE, PIXEL_3, 1);
      case 5 -> at(BASE_5);
      case 6, 7, 9 -> at(BASE_5, PIXEL, pixel - 5);
      case 8 -> at(BASE_5, PIXEL_3, 1);
      case 10 -> at(BASE_10);
      case 11, 12 -> at(BASE_10, PIXEL, pixel - 10);
      case 13 -> at(BASE_10, PIXEL_3, 1);
      default -> throw new AssertionError(pixel);
    };
  }
}
