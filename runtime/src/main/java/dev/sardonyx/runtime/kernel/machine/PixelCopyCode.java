package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes a copy of what the kernel of a convolution over pictures meets: a row for each pixel of
 * the output, in it some elements of the kernel from one on, zero in the padding. Lengths are in
 * bytes. Taps of a line of the kernel lie side by side in the picture.
 */
final class PixelCopyCode {
  /** Where the first picture begins. */
  static final int IMAGE = 0;

  /** From a picture to the next. */
  static final int IMAGE_BYTES = 1;

  /** From a line of it to the next. */
  static final int LINE_BYTES = 2;

  /** How many lines it has. */
  static final int LINES = 3;

  /** Where rows go, and from one to the next. */
  static final int ROWS = 4;

  static final int PITCH = 5;

  /** How many there are; a variable, as the next that are left of something. */
  static final int ROWS_LEFT = 6;

  /** Lines of the output that are left in the first picture, and all that it has. */
  static final int LINES_LEFT = 7;

  static final int OUT_LINES = 8;

  /** The line that the kernel's first meets: for the first row, at the top, from one to another. */
  static final int TOP = 9;

  static final int FIRST_TOP = 10;
  static final int STRIDE = 11;

  /** Pixels that are left in the first line, and all that it has. */
  static final int PIXELS_LEFT = 12;

  static final int OUT_PIXELS = 13;

  /** The distance of the kernel's left end from the picture's, likewise. */
  static final int LEFT = 14;

  static final int FIRST_LEFT = 15;
  static final int STRIDE_BYTES = 16;

  /** Where the first element lies: lines of the picture below the kernel's first; in its line. */
  static final int DOWN = 17;

  static final int BEGIN = 18;

  /** The elements of a row. */
  static final int ROW_BYTES = 19;

  /** Those of a line of the kernel, and lines of the picture from one of its lines to the next. */
  static final int KERNEL_BYTES = 20;

  static final int DILATION = 21;

  private static final int SMALL = 16;

  private static final Gp IMAGE_AT = Gp.RSI;
  private static final Gp LEFT_AT = Gp.RDX;
  private static final Gp TOP_AT = Gp.RCX;
  private static final Gp ROW = Gp.R8;
  private static final Gp LINE = Gp.R9;
  private static final Gp FROM = Gp.R10;
  private static final Gp LEFT_OVER = Gp.R11;
  private static final Gp TO = Gp.RBX;
  private static final Gp COUNT = Gp.R12;
  private static final Gp SOURCE = Gp.R13;
  private static final Gp INSIDE = Gp.R14;
  private static final Gp OUTSIDE = Gp.R15;
  private static final Gp BYTES = Gp.RAX;
  private static final Gp ONE = Gp.RBP;

  private final Assembler a;
  private final Vec part;
  private final Vec zero;

  private PixelCopyCode(VectorLevel vectors) {
    a = vectors.assembler();
    part = vectors.register(0);
    zero = vectors.register(1);
  }

  static Assembler write(VectorLevel vectors) {
    var code = new PixelCopyCode(vectors);
    code.rows();
    return code.a;
  }

  private void rows() {
    Frame.enter(a);
    a.vxorps(zero.of(SMALL), zero.of(SMALL), zero.of(SMALL));
    a.mov(IMAGE_AT, Frame.slot(IMAGE));
    a.mov(ROW, Frame.slot(ROWS));
    a.mov(LEFT_AT, Frame.slot(LEFT));
    a.mov(TOP_AT, Frame.slot(TOP));
    var row = new Label();
    var next = new Label();
    var end = new Label();
    a.bind(row);
    elements();
    a.add(ROW, Frame.slot(PITCH));
    a.add(LEFT_AT, Frame.slot(STRIDE_BYTES));
    count(ROWS_LEFT);
    a.jump(Condition.ZERO, end);
    count(PIXELS_LEFT);
    a.jump(Condition.NOT_ZERO, row);
    again(PIXELS_LEFT, OUT_PIXELS);
    a.mov(LEFT_AT, Frame.slot(FIRST_LEFT));
    a.add(TOP_AT, Frame.slot(STRIDE));
    count(LINES_LEFT);
    a.jump(Condition.NOT_ZERO, row);
    again(LINES_LEFT, OUT_LINES);
    a.mov(TOP_AT, Frame.slot(FIRST_TOP));
    a.add(IMAGE_AT, Frame.slot(IMAGE_BYTES));
    a.jmp(row);
    a.bind(end);
    Frame.leave(a);
  }

  private void count(int slot) {
    a.mov(BYTES, Frame.slot(slot));
    a.dec(BYTES);
    a.mov(Frame.slot(slot), BYTES);
    a.test(BYTES, BYTES);
  }

  private void again(int slot, int from) {
    a.mov(BYTES, Frame.slot(from));
    a.mov(Frame.slot(slot), BYTES);
  }

  /** A row, by the lines of the kernel. */
  private void elements() {
    a.mov(TO, ROW);
    a.mov(LINE, TOP_AT);
    a.add(LINE, Frame.slot(DOWN));
    a.mov(FROM, Frame.slot(BEGIN));
    a.mov(LEFT_OVER, Frame.slot(ROW_BYTES));
    var line = new Label();
    var within = new Label();
    var done = new Label();
    a.bind(line);
    a.mov(COUNT, Frame.slot(KERNEL_BYTES));
    a.sub(COUNT, FROM);
    atMost(COUNT, LEFT_OVER);
    a.cmp(LINE, Frame.slot(LINES));
    a.jump(Condition.BELOW, within); // without signs: not above the picture either
    a.mov(BYTES, COUNT);
    clear();
    a.jmp(done);
    a.bind(within);
    line();
    a.bind(done);
    a.add(LINE, Frame.slot(DILATION));
    a.mov(FROM, 0);
    a.sub(LEFT_OVER, COUNT);
    a.jump(Condition.NOT_ZERO, line);
  }

  /** What a line of the kernel meets: nothing, pixels, nothing. */
  private void line() {
    a.add(FROM, LEFT_AT);
    a.mov(SOURCE, Frame.slot(LINE_BYTES));
    a.imul(SOURCE, LINE);
    a.add(SOURCE, IMAGE_AT);
    a.add(SOURCE, FROM);
    a.mov(INSIDE, 0);
    a.sub(INSIDE, FROM);
    a.mov(OUTSIDE, INSIDE);
    a.add(OUTSIDE, Frame.slot(LINE_BYTES));
    a.mov(BYTES, 0);
    atLeast(INSIDE, BYTES);
    atMost(INSIDE, COUNT);
    atMost(OUTSIDE, COUNT);
    atLeast(OUTSIDE, INSIDE);
    a.add(SOURCE, INSIDE);
    a.mov(BYTES, INSIDE);
    clear();
    a.mov(BYTES, OUTSIDE);
    a.sub(BYTES, INSIDE);
    copy();
    a.mov(BYTES, COUNT);
    a.sub(BYTES, OUTSIDE);
    clear();
  }

  private void atMost(Gp value, Gp most) {
    var is = new Label();
    a.cmp(value, most);
    a.jump(Condition.NOT_GREATER, is);
    a.mov(value, most);
    a.bind(is);
  }

  private void atLeast(Gp value, Gp least) {
    var is = new Label();
    a.cmp(value, least);
    a.jump(Condition.NOT_LESS, is);
    a.mov(value, least);
    a.bind(is);
  }

  private void clear() {
    var done = new Label();
    a.test(BYTES, BYTES);
    a.jump(Condition.ZERO, done);
    steps(zero.bytes(), () -> a.vmovups(at(TO), zero));
    a.mov(ONE, 0);
    steps(Float.BYTES, () -> a.movd(at(TO), ONE));
    a.bind(done);
  }

  private void copy() {
    Vec small = part.of(SMALL);
    steps(part.bytes(), () -> move(part));
    steps(SMALL, () -> move(small));
    steps(
        Float.BYTES,
        () -> {
          a.movsxd(ONE, at(SOURCE));
          a.movd(at(TO), ONE);
          a.add(SOURCE, Float.BYTES);
        });
  }

  private void move(Vec vector) {
    a.vmovups(vector, at(SOURCE));
    a.vmovups(at(TO), vector);
    a.add(SOURCE, vector.bytes());
  }

  /** As many steps of so many bytes as there are; the rest stays. */
  private void steps(int bytes, Runnable step) {
    var again = new Label();
    var rest = new Label();
    a.sub(BYTES, bytes);
    a.jump(Condition.LESS, rest);
    a.bind(again);
    step.run();
    a.add(TO, bytes);
    a.sub(BYTES, bytes);
    a.jump(Condition.NOT_LESS, again);
    a.bind(rest);
    a.add(BYTES, bytes);
  }
}
