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
 * Writes a line of a convolution of pictures of few channels for AVX-512: tiles of pixels by a
 * panel of two vectors of out channels. What it reads is a list of pairs of longs, one for each row
 * of the kernel and channel: where its first tap meets the first pixel, and its weights within a
 * panel, in bytes.
 *
 * <p>Sums take zmm0 to zmm27 at most, and begin with the bias.
 */
final class PlaneCode {
  /** Columns of a panel. */
  static final int WIDTH = 32;

  /** The bytes of a row in the list. */
  static final int PAIR = 2 * Long.BYTES;

  private static final int HALF = 64;
  private static final int PANEL_ROW = 2 * HALF;

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
    /** The channels of the last panel, a bit each. */
    LAST,
    /** Not arguments: the same of the present tile. */
    NOW_X,
    NOW_Y,
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

  private final Assembler a = new Assembler();
  private final PlaneShape shape;
  private final SumEnding ending;

  private PlaneCode(PlaneShape shape) {
    this.shape = shape;
    this.ending = new SumEnding(a, shape.ending());
  }

  /** The code of a shape. */
  static Assembler write(PlaneShape shape) {
    return new PlaneCode(shape).write();
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
    masks();
    copy(Slot.NOW_X, Slot.X);
    copy(Slot.NOW_Y, Slot.Y);
    tiles(shape.height(), Slot.TILES);
    if (shape.low()) {
      tiles(shape.height() - 1, Slot.LOW_TILES);
    }
    nextPanel(panel);
    Frame.leave(a);
    return a;
  }

  /** The channels of the panel: k1 and k2. */
  private void masks() {
    var whole = new Label();
    a.mov(COUNT, -1L);
    a.mov(FREE, Slot.PANEL_COUNT.memory());
    a.cmp(FREE, 1);
    a.jump(Condition.NOT_ZERO, whole);
    a.mov(COUNT, Slot.LAST.memory());
    a.bind(whole);
    a.kmovw(k(1), COUNT);
    a.shr(COUNT, 16);
    a.kmovw(k(2), COUNT);
  }

  private void nextPanel(Label panel) {
    var unbiased = new Label();
    a.mov(FREE, Slot.PANELS.memory());
    a.add(FREE, Slot.PANEL.memory());
    a.mov(Slot.PANELS.memory(), FREE);
    a.mov(FREE, Slot.Y.memory());
    a.add(FREE, PANEL_ROW);
    a.mov(Slot.Y.memory(), FREE);
    a.mov(FREE, Slot.BIAS.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, unbiased);
    a.add(FREE, PANEL_ROW);
    a.mov(Slot.BIAS.memory(), FREE);
    a.bind(unbiased);
    countDown(Slot.PANEL_COUNT, panel);
  }

  private void copy(Slot to, Slot from) {
    a.mov(FREE, from.memory());
    a.mov(to.memory(), FREE);
  }

  private void countDown(Slot slot, Label again) {
    a.mov(FREE, slot.memory());
    a.dec(FREE);
    a.mov(slot.memory(), FREE);
    a.test(FREE, FREE);
    a.jump(Condition.NOT_ZERO, again);
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
    finish(height);
    a.mov(FREE, height);
    a.imul(FREE, PIXEL);
    a.add(FREE, Slot.NOW_X.memory());
    a.mov(Slot.NOW_X.memory(), FREE);
    countDown(Slot.TILES_LEFT, tile);
    a.bind(none);
  }

  private void bias(int height) {
    var none = new Label();
    a.vpxord(zmm(0), zmm(0), zmm(0));
    a.vpxord(zmm(1), zmm(1), zmm(1));
    a.mov(FREE, Slot.BIAS.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, none);
    a.vmovups(zmm(0).zeroed(k(1)), at(FREE));
    a.vmovups(zmm(1).zeroed(k(2)), at(FREE, HALF));
    a.bind(none);
    for (int pixel = 1; pixel < height; pixel++) {
      a.vmovaps(zmm(2 * pixel), zmm(0));
      a.vmovaps(zmm(2 * pixel + 1), zmm(1));
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
    a.vmovups(zmm(28), at(WEIGHTS));
    a.vmovups(zmm(29), at(WEIGHTS, HALF));
    for (int pixel = 0; pixel < height; pixel++) {
      Vec factor = zmm(30 + (pixel & 1));
      a.vbroadcastss(factor, pixel(pixel));
      a.vfmadd231ps(zmm(2 * pixel), factor, zmm(28));
      a.vfmadd231ps(zmm(2 * pixel + 1), factor, zmm(29));
    }
    a.add(BASE, TAP);
    a.add(BASE_5, TAP);
    a.add(BASE_10, TAP);
    a.add(WEIGHTS, PANEL_ROW);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, tap);
    a.add(LIST, PAIR);
    a.dec(ROWS);
    a.jump(Condition.NOT_ZERO, row);
    a.bind(none);
  }

  private void finish(int height) {
    ending.begin(Slot.LOW.memory(), Slot.HIGH.memory());
    a.mov(Y, Slot.NOW_Y.memory());
    for (int pixel = 0; pixel < height; pixel++) {
      for (int half = 0; half < 2; half++) {
        Vec sum = zmm(2 * pixel + half);
        if (shape.residual()) {
          ending.add(sum, at(Y, RESIDUAL, 1, half * HALF), k(1 + half));
        }
        ending.store(sum, at(Y, half * HALF), k(1 + half));
      }
      a.add(Y, Y_PIXEL);
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
