package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.function.IntConsumer;

/**
 * Writes windows of three by three with weights of each channel: for each vector of channels all
 * lines, so that a line that three windows meet comes to the first cache once.
 *
 * <p>Lines of x lie in a ring: the line after the last one is the first. Taps outside of x are left
 * out, lines of them too. Each sum takes its taps line by line.
 *
 * <p>Weights take nine registers, sums four; the bias lies behind the arguments.
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
    /** The channels of a vector. */
    CHANNELS,
    /** Not arguments: the same of the present line. */
    NOW_0,
    NOW_1,
    NOW_2,
    NOW_TOP,
    NOW_Y,
    LEFT,
    RING_END,
    /** Whether the lines of a window are there. */
    HAS_0,
    HAS_1,
    HAS_2;

    /** A vector, behind the others. */
    static final Mem BIAS_NOW = Frame.slot(40);

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
  private static final Slot[] HAS = {Slot.HAS_0, Slot.HAS_1, Slot.HAS_2};

  private final Assembler a;
  private final VectorLevel level;
  private final Slots slots;
  private final NineShape shape;
  private final SumEnding ending;

  /** Whether a vector may be a part. */
  private boolean part;

  private NineCode(NineShape shape, VectorLevel level) {
    this.a = level.assembler();
    this.level = level;
    this.slots = new Slots(a, FREE);
    this.shape = shape;
    this.ending = new SumEnding(a, level, shape.ending(), Slot.LOW.memory(), Slot.HIGH.memory());
  }

  /** The code of a shape. */
  static Assembler write(NineShape shape, VectorLevel level) {
    return new NineCode(shape, level).write();
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
    a.mov(FREE, Slot.RING.memory());
    for (Slot start : STARTS) {
      a.mov(COUNT, start.memory());
      a.add(COUNT, FREE);
      a.mov(start.memory(), COUNT);
    }
    a.add(FREE, Slot.RING_BYTES.memory());
    a.mov(Slot.RING_END.memory(), FREE);
    ending.begin();
    level.withLanes(
        a,
        Slot.CHANNELS.memory(),
        FREE,
        isPart -> {
          part = isPart;
          vectors();
        });
    Frame.leave(a);
    return a;
  }

  private void vectors() {
    var vector = new Label();
    var line = new Label();
    a.bind(vector);
    bias();
    weights();
    for (int i = 0; i < STARTS.length; i++) {
      slots.copy(NOW[i].memory(), STARTS[i].memory());
    }
    slots.copy(Slot.NOW_TOP.memory(), Slot.TOP.memory());
    slots.copy(Slot.NOW_Y.memory(), Slot.Y.memory());
    slots.copy(Slot.LEFT.memory(), Slot.LINES.memory());
    a.bind(line);
    has();
    line();
    nextLine();
    slots.countDown(Slot.LEFT.memory(), line);
    for (Slot start : STARTS) {
      slots.add(start.memory(), level.bytes());
    }
    slots.add(Slot.WEIGHTS.memory(), level.bytes());
    slots.add(Slot.Y.memory(), level.bytes());
    slots.countDown(Slot.VECTORS.memory(), vector);
  }

  private void load(Vec to, Mem from) {
    if (part) {
      level.load(a, to, from, 0);
    } else {
      a.vmovups(to, from);
    }
  }

  private void bias() {
    var none = new Label();
    Vec bias = sum(0);
    level.clear(a, bias);
    a.mov(FREE, Slot.BIAS.memory());
    a.test(FREE, FREE);
    a.jump(Condition.ZERO, none);
    load(bias, at(FREE));
    slots.add(Slot.BIAS.memory(), level.bytes());
    a.bind(none);
    a.vmovups(Slot.BIAS_NOW, bias);
  }

  private void weights() {
    a.mov(FREE, Slot.WEIGHTS.memory());
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        load(weight(i, j), at(FREE));
        a.add(FREE, Slot.TAP.memory());
      }
    }
  }

  /** Finds out which lines of the windows there are. */
  private void has() {
    a.mov(COLUMN, Slot.NOW_TOP.memory());
    for (Slot has : HAS) {
      var inside = new Label();
      a.mov(COUNT, 1);
      a.cmp(COLUMN, Slot.HEIGHT.memory());
      a.jump(Condition.BELOW, inside);
      a.xor(COUNT, COUNT);
      a.bind(inside);
      a.mov(has.memory(), COUNT);
      a.add(COLUMN, Slot.DILATION.memory());
    }
  }

  private Vec weight(int row, int column) {
    return level.register(3 * row + column);
  }

  /** The last one is not among the spare registers that end sums. */
  private Vec sum(int pixel) {
    boolean few = level.registers() <= 16;
    return few && pixel == 3 ? level.spare(3) : level.register(9 + pixel);
  }

  /** One of those that hold what is loaded, in turn. */
  private Vec loaded(int number) {
    return level.registers() > 16 ? level.register(13 + number % 8) : level.spare(1 + number % 2);
  }

  private void line() {
    for (int i = 0; i < ROWS.length; i++) {
      a.mov(ROWS[i], NOW[i].memory());
      a.add(ROWS[i], Slot.START.memory());
    }
    a.mov(COLUMN, Slot.COLUMN.memory());
    a.mov(Y, Slot.NOW_Y.memory());
    slots.repeat(Slot.BEFORE.memory(), COUNT, this::single);
    slots.repeat(Slot.BLOCKS.memory(), COUNT, this::block);
    slots.repeat(Slot.AFTER.memory(), COUNT, this::single);
  }

  /** Does something with each line of a window that is there. */
  private void rows(IntConsumer work) {
    for (int i = 0; i < ROWS.length; i++) {
      var none = new Label();
      a.mov(FREE, HAS[i].memory());
      a.test(FREE, FREE);
      a.jump(Condition.ZERO, none);
      work.accept(i);
      a.bind(none);
    }
  }

  /** A pixel whose window may begin before the line or end behind it. */
  private void single() {
    a.vmovups(sum(0), Slot.BIAS_NOW);
    rows(
        i -> {
          for (int j = 0; j < 3; j++) {
            var outside = new Label();
            a.lea(FREE, at(COLUMN, j));
            a.cmp(FREE, WIDTH);
            a.jump(Condition.NOT_BELOW, outside);
            load(loaded(j), column(ROWS[i], j));
            a.vfmadd231ps(sum(0), loaded(j), weight(i, j));
            a.bind(outside);
          }
        });
    finish(sum(0));
    forward(1);
  }

  /** Pixels whose windows lie within the line. */
  private void block() {
    int stride = shape.stride();
    for (int p = 0; p < TOGETHER; p++) {
      a.vmovups(sum(p), Slot.BIAS_NOW);
    }
    rows(
        i -> {
          for (int c = 0; c < (TOGETHER - 1) * stride + 3; c++) {
            Vec x = loaded(c);
            load(x, column(ROWS[i], c));
            for (int p = 0; p < TOGETHER; p++) {
              int j = c - p * stride;
              if (j >= 0 && j < 3) {
                a.vfmadd231ps(sum(p), x, weight(i, j));
              }
            }
          }
        });
    for (int p = 0; p < TOGETHER; p++) {
      finish(sum(p));
    }
    forward(TOGETHER);
  }

  private void finish(Vec sum) {
    if (shape.residual()) {
      ending.add(sum, at(Y, RESIDUAL, 1), part, 0);
    }
    ending.store(sum, at(Y), part, 0);
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
    slots.add(Slot.NOW_TOP.memory(), Slot.STRIDE.memory());
    slots.add(Slot.NOW_Y.memory(), Slot.Y_LINE.memory());
  }
}
