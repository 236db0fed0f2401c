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
 * Writes windows of three by three with weights of each channel, for AVX-512: for each vector of
 * channels all lines, so that a line that three windows meet comes to the first cache once.
 *
 * <p>Lines of x lie in a ring: the line after the last one is the first. Taps outside of x are left
 * out: columns by jumps, lines by masks. Each sum takes its taps column by column.
 *
 * <p>Weights take zmm16 to zmm24, the bias zmm25, the masks of the three lines k4 to k6; k1 has the
 * channels.
 */
final class NineCode {
  /** Pixels that are computed at once. */
  static final int TOGETHER = 4;

  /** The arguments, in their order; sizes are bytes but for counts of lines and pixels. */
  enum Slot {
    /** Where the ring begins. */
    RING,
    RING_BYTES,
    /** Where in the ring the lines of the first window are. */
    LINE_0,
    LINE_1,
    LINE_2,
    /** From the line of a window to that of the next, within the ring. */
    LINE_STEP,
    /** The place of the first line in x, negative in the padding, and the steps from there. */
    TOP,
    DILATION,
    STRIDE,
    HEIGHT,
    PIXEL,
    /** From the first pixel of a line to the first window's: not positive. */
    START,
    /** The first window's column; not positive. */
    COLUMN,
    WIDTH,
    /** Windows before those that lie within the line, blocks of these, and the others. */
    BEFORE,
    BLOCKS,
    AFTER,
    LINES,
    VECTORS,
    WEIGHTS,
    TAP,
    BIAS,
    RESIDUAL,
    Y,
    Y_PIXEL,
    Y_LINE,
    LOW,
    HIGH,
    /** The channels of a vector, a bit each. */
    CHANNELS,
    /** Not arguments: the same of the present line. */
    NOW_0,
    NOW_1,
    NOW_2,
    NOW_TOP,
    NOW_Y,
    LEFT,
    RING_END;

    Mem memory() {
      return Frame.slot(ordinal());
    }
  }

  private static final Slot[] STARTS = {Slot.LINE_0, Slot.LINE_1, Slot.LINE_2};
  private static final Slot[] NOW = {Slot.NOW_0, Slot.NOW_1, Slot.NOW_2};
  private static final Gp[] ROWS = {Gp.RSI, Gp.RDX, Gp.RCX};
  private static final Gp PIXEL = Gp.RAX;
  private static final Gp PIXEL_3 = Gp.R8;
  private static final Gp PIXEL_5 = Gp.R9;
  private static final Gp PIXEL_7 = Gp.R10;
  private static final Gp FREE = Gp.R11;
  private static final Gp Y = Gp.R12;
  private static final Gp Y_PIXEL = Gp.RBX;
  private static final Gp COLUMN = Gp.RBP;
  private static final Gp COUNT = Gp.R13;
  private static final Gp WIDTH = Gp.R14;
  private static final Gp RESIDUAL = Gp.R15;
  private static final Vec BIAS = zmm(25);
  private static final int VECTOR = 64;

  private final Assembler a = new Assembler();
  private final NineShape shape;
  private final SumEnding ending;

  private NineCode(NineShape shape) {
    this.shape = shape;
    this.ending = new SumEnding(a, shape.ending());
  }

  /** The code of a shape. */
  static Assembler write(NineShape shape) {
    return new NineCode(shape).write();
  }

  private Assembler write() {
    Frame.enter(a);
    a.mov(PIXEL, Slot.PIXEL.memory());
    a.lea(PIXEL_3, at(PIXEL, PIXEL, 2));
    a.lea(PIXEL_5, at(PIXEL, PIXEL, 4));
    a.lea(PIXEL_7, at(PIXEL_3, PIXEL, 4));
    a.mov(Y_PIXEL, Slot.Y_PIXEL.memory());
    a.mov(WIDTH, Slot.WIDTH.memory());
    a.mov(RESIDUAL, Slot.RESIDUAL.memory());
    a.sub(RESIDUAL, Slot.Y.memory());
    a.mov(FREE, Slot.CHANNELS.memory());
    a.kmovw(k(1), FREE);
    a.mov(FREE, Slot.RING.memory());
    for (Slot start : STARTS) {
      a.mov(COUNT, start.memory());
      a.add(COUNT, FREE);
      a.mov(start.memory(), COUNT);
    }
    a.add(FREE, Slot.RING_BYTES.memory());
    a.mov(Slot.RING_END.memory(), FREE);
    ending.begin(Slot.LOW.memory(), Slot.HIGH.memory());
    vectors();
    Frame.leave(a);
    return a;
  }

  private void vectors() {
    var vector = new Label();
    var line = new Label();
    a.bind(vector);
    bias();
    for (int i = 0; i < STARTS.length; i++) {
      copy(NOW[i], STARTS[i]);
    }
    copy(Slot.NOW_TOP, Slot.TOP);
    copy(Slot.NOW_Y, Slot.Y);
    copy(Slot.LEFT, Slot.LINES);
    a.bind(line);
    weights();
    line();
    nextLine();
    countDown(Slot.LEFT, line);
    for (Slot start : STARTS) {
      advance(start);
    }
    advance(Slot.WEIGHTS);
    advance(Slot.Y);
    countDown(Slot.VECTORS, vector);
  }

  private void copy(Slot to, Slot from) {
    a.mov(FREE, from.memory());
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

  private void bias() {
    var none = new Label();
    a.vpxord(BIAS, BIAS, BIAS);
    a.mov(FREE, Slot.BIAS.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, none);
    a.vmovups(BIAS.zeroed(k(1)), at(FREE));
    advance(Slot.BIAS);
    a.bind(none);
  }

  /** Masks of the three lines, and the weights under them: zeros where there is no line. */
  private void weights() {
    a.mov(COLUMN, Slot.NOW_TOP.memory());
    a.mov(FREE, Slot.WEIGHTS.memory());
    for (int i = 0; i < ROWS.length; i++) {
      var inside = new Label();
      a.mov(COUNT, Slot.CHANNELS.memory());
      a.cmp(COLUMN, Slot.HEIGHT.memory());
      a.jump(Condition.BELOW, inside);
      a.xor(COUNT, COUNT);
      a.bind(inside);
      a.kmovw(k(4 + i), COUNT);
      for (int j = 0; j < 3; j++) {
        a.vmovups(weight(i, j).zeroed(k(4 + i)), at(FREE));
        a.add(FREE, Slot.TAP.memory());
      }
      a.add(COLUMN, Slot.DILATION.memory());
    }
  }

  private static Vec weight(int row, int column) {
    return zmm(16 + 3 * row + column);
  }

  private void line() {
    for (int i = 0; i < ROWS.length; i++) {
      a.mov(ROWS[i], NOW[i].memory());
      a.add(ROWS[i], Slot.START.memory());
    }
    a.mov(COLUMN, Slot.COLUMN.memory());
    a.mov(Y, Slot.NOW_Y.memory());
    repeat(Slot.BEFORE, this::single);
    repeat(Slot.BLOCKS, this::block);
    repeat(Slot.AFTER, this::single);
  }

  private void repeat(Slot count, Runnable body) {
    var again = new Label();
    var none = new Label();
    a.mov(COUNT, count.memory());
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, none);
    a.bind(again);
    body.run();
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, again);
    a.bind(none);
  }

  /** A pixel whose window may begin before the line or end behind it. */
  private void single() {
    a.vmovaps(zmm(0), BIAS);
    for (int j = 0; j < 3; j++) {
      var outside = new Label();
      a.lea(FREE, at(COLUMN, j));
      a.cmp(FREE, WIDTH);
      a.jump(Condition.NOT_BELOW, outside);
      for (int i = 0; i < ROWS.length; i++) {
        a.vfmadd231ps(zmm(0).masked(k(4 + i)), weight(i, j), column(ROWS[i], j));
      }
      a.bind(outside);
    }
    finish(zmm(0));
    forward(1);
  }

  /** Pixels whose windows lie within the line. */
  private void block() {
    int stride = shape.stride();
    for (int p = 0; p < TOGETHER; p++) {
      a.vmovaps(zmm(p), BIAS);
    }
    int loaded = 0;
    for (int c = 0; c < (TOGETHER - 1) * stride + 3; c++) {
      for (int i = 0; i < ROWS.length; i++) {
        Vec x = zmm(TOGETHER + loaded++ % 12);
        a.vmovups(x.zeroed(k(4 + i)), column(ROWS[i], c));
        for (int p = 0; p < TOGETHER; p++) {
          int j = c - p * stride;
          if (j >= 0 && j < 3) {
            a.vfmadd231ps(zmm(p), x, weight(i, j));
          }
        }
      }
    }
    for (int p = 0; p < TOGETHER; p++) {
      finish(zmm(p));
    }
    forward(TOGETHER);
  }

  private void finish(Vec sum) {
    if (shape.residual()) {
      ending.add(sum, at(Y, RESIDUAL, 1));
    }
    ending.store(sum, at(Y));
    a.add(Y, Y_PIXEL);
  }

  private void forward(int pixels) {
    int columns = pixels * shape.stride();
    for (Gp row : ROWS) {
      a.lea(row, column(row, columns));
    }
    a.add(COLUMN, columns);
  }

  private static Mem column(Gp row, int column) {
    return switch (column) {
      case 0 -> at(row);
      case 1, 2, 4, 8 -> at(row, PIXEL, column);
      case 3, 6 -> at(row, PIXEL_3, column / 3);
      case 5 -> at(row, PIXEL_5, 1);
      case 7 -> at(row, PIXEL_7, 1);
      default -> throw new AssertionError(column);
    };
  }

  private void nextLine() {
    for (Slot now : NOW) {
      var inside = new Label();
      a.mov(FREE, now.memory());
      a.add(FREE, Slot.LINE_STEP.memory());
      a.cmp(FREE, Slot.RING_END.memory());
      a.jump(Condition.BELOW, inside);
      a.sub(FREE, Slot.RING_BYTES.memory());
      a.bind(inside);
      a.mov(now.memory(), FREE);
    }
    a.mov(FREE, Slot.NOW_TOP.memory());
    a.add(FREE, Slot.STRIDE.memory());
    a.mov(Slot.NOW_TOP.memory(), FREE);
    a.mov(FREE, Slot.NOW_Y.memory());
    a.add(FREE, Slot.Y_LINE.memory());
    a.mov(Slot.NOW_Y.memory(), FREE);
  }
}
