package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the interleaving of planes of bytes, as many pixels at a time as a vector has ints: those
 * of a pixel meet in an int, of which only the bytes that count are stored. Arguments: where the
 * first plane is, from a plane to the next, where to write, the pixels.
 */
final class InterleavingCode {
  /** Planes at most: the bytes of an int. */
  static final int MOST = Integer.BYTES;

  private static final int QUARTER = 4;

  /** What vpshufb makes zero. */
  private static final int NONE = 0x80;

  private static final Gp FROM = Gp.RSI;
  private static final Gp PITCH = Gp.RDX;
  private static final Gp PITCH_3 = Gp.R8;
  private static final Gp TO = Gp.RCX;
  private static final Gp COUNT = Gp.R9;
  private static final Gp FREE = Gp.RAX;
  private static final Gp BYTES = Gp.R10;
  private static final Gp SOME = Gp.R11;

  private final VectorLevel level;
  private final Assembler a;
  private final int planes;

  /** Pixels of a vector. */
  private final int pixels;

  private final Vec bytesKept;
  private final Vec intsKept;

  private InterleavingCode(VectorLevel level, int planes) {
    this.level = level;
    this.a = level.assembler();
    this.planes = planes;
    this.pixels = level.lanes();
    this.bytesKept = level.register(MOST);
    this.intsKept = level.register(MOST + 1);
  }

  /**
   * The code.
   *
   * @param planes 1 to {@link #MOST}
   */
  static Assembler write(VectorLevel level, int planes) {
    return new InterleavingCode(level, planes).all();
  }

  private Assembler all() {
    var tables = new Label();
    Frame.enter(a);
    a.mov(FROM, Frame.slot(0));
    a.mov(PITCH, Frame.slot(1));
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    a.mov(TO, Frame.slot(2));
    a.mov(COUNT, Frame.slot(3));
    a.lea(FREE, tables);
    a.vmovups(bytesKept, at(FREE));
    a.vmovups(intsKept, at(FREE, level.bytes()));
    switch (level) {
      case ShortVectors _ -> whole();
      case LongVectors _ -> masked();
    }
    Frame.leave(a);
    a.bind(tables);
    tables();
    return a;
  }

  /**
   * Whole vectors are stored while there is room for what lies behind a vector's bytes, which the
   * next one overwrites; then pixels go one at a time.
   */
  private void whole() {
    var vector = new Label();
    var pixel = new Label();
    var rest = new Label();
    var end = new Label();
    int room = Math.ceilDiv(level.bytes(), planes);
    a.bind(vector);
    a.cmp(COUNT, room);
    a.jump(Condition.LESS, rest);
    for (int plane = 0; plane < planes; plane++) {
      a.vpmovzxbd(level.register(plane), plane(plane));
    }
    together();
    a.vmovups(at(TO), level.register(0));
    forward(pixels);
    a.sub(COUNT, pixels);
    a.jmp(vector);
    a.bind(rest);
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, end);
    a.bind(pixel);
    for (int plane = 0; plane < planes; plane++) {
      a.movzx(FREE, plane(plane));
      a.movb(at(TO, plane), FREE);
    }
    forward(1);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, pixel);
    a.bind(end);
  }

  private void forward(int count) {
    a.add(FROM, count);
    a.add(TO, count * planes);
  }

  /** All vectors by masks: of pixels that are read, and of bytes that are stored. */
  private void masked() {
    var vector = new Label();
    var last = new Label();
    var end = new Label();
    a.bind(vector);
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, end);
    a.mov(SOME, COUNT);
    a.cmp(COUNT, pixels);
    a.jump(Condition.LESS, last);
    a.mov(SOME, pixels);
    a.bind(last);
    a.mov(BYTES, planes);
    a.imul(BYTES, SOME);
    level.beginPart(a, SOME, FREE);
    a.mov(FREE, -1);
    a.bzhi(FREE, FREE, BYTES);
    a.kmovq(k(2), FREE);
    for (int plane = 0; plane < planes; plane++) {
      a.vpmovzxbd(level.register(plane).zeroed(k(1)), plane(plane));
    }
    together();
    a.vmovdqu8(at(TO).masked(k(2)), level.register(0));
    forward(pixels);
    a.sub(COUNT, pixels);
    a.jump(Condition.GREATER, vector);
    a.bind(end);
  }

  /** Lets the bytes of pixels lie side by side in the first register. */
  private void together() {
    Vec all = level.register(0);
    for (int plane = 1; plane < planes; plane++) {
      Vec other = level.register(plane);
      a.vpslld(other, other, plane * Byte.SIZE);
      a.vorps(all, all, other);
    }
    if (planes < MOST) {
      a.vpshufb(all, all, bytesKept);
      a.vpermd(all, intsKept, all);
    }
  }

  private Mem plane(int plane) {
    return switch (plane) {
      case 0 -> at(FROM);
      case 3 -> at(FROM, PITCH_3, 1);
      default -> at(FROM, PITCH, plane);
    };
  }

  /** Which bytes of a quarter are kept, as its first ones; then the ints that have any. */
  private void tables() {
    for (int i = 0; i < pixels; i++) {
      int bytes = 0;
      for (int j = 0; j < Integer.BYTES; j++) {
        int to = i % QUARTER * Integer.BYTES + j;
        int from = to < QUARTER * planes ? to / planes * Integer.BYTES + to % planes : NONE;
        bytes |= from << j * Byte.SIZE;
      }
      a.data(bytes);
    }
    for (int i = 0; i < pixels; i++) {
      int kept = pixels / QUARTER * planes;
      a.data(i < kept ? i / planes * QUARTER + i % planes : 0);
    }
  }
}
