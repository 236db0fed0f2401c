package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;

/**
 * Writes the interleaving of planes of bytes, sixteen pixels at a time: those of a pixel meet in an
 * int, of which only the bytes that count are stored. Arguments: where the first plane is, from a
 * plane to the next, where to write, whole vectors, the mask of the pixels behind them, the mask of
 * their bytes.
 */
final class InterleavingCode {
  /** Pixels of a vector. */
  static final int PIXELS = 16;

  /** Planes at most: the bytes of an int. */
  static final int MOST = Integer.BYTES;

  private static final int QUARTERS = 4;

  /** What vpshufb makes zero. */
  private static final int NONE = 0x80;

  private static final Gp FROM = Gp.RSI;
  private static final Gp PITCH = Gp.RDX;
  private static final Gp PITCH_3 = Gp.R8;
  private static final Gp TO = Gp.RCX;
  private static final Gp COUNT = Gp.R9;

  private final Assembler a = new Assembler();
  private final int planes;

  private InterleavingCode(int planes) {
    this.planes = planes;
  }

  /**
   * The code.
   *
   * @param planes 1 to {@link #MOST}
   */
  static Assembler write(int planes) {
    return new InterleavingCode(planes).all();
  }

  private Assembler all() {
    var tables = new Label();
    var vector = new Label();
    var rest = new Label();
    var end = new Label();
    Frame.enter(a);
    a.mov(FROM, Frame.slot(0));
    a.mov(PITCH, Frame.slot(1));
    a.lea(PITCH_3, at(PITCH, PITCH, 2));
    a.mov(TO, Frame.slot(2));
    a.lea(Gp.RAX, tables);
    a.vmovdqu32(zmm(30), at(Gp.RAX));
    a.vmovdqu32(zmm(31), at(Gp.RAX, zmm(0).bytes()));
    a.mov(Gp.RAX, -1);
    a.kmovw(k(1), Gp.RAX);
    a.mov(Gp.RAX, -1L >>> (Long.SIZE - PIXELS * planes));
    a.kmovq(k(2), Gp.RAX);
    a.mov(COUNT, Frame.slot(3));
    a.test(COUNT, COUNT);
    a.jump(Condition.ZERO, rest);
    a.bind(vector);
    pixels();
    a.add(FROM, PIXELS);
    a.add(TO, PIXELS * planes);
    a.dec(COUNT);
    a.jump(Condition.NOT_ZERO, vector);
    a.bind(rest);
    a.mov(Gp.RAX, Frame.slot(4));
    a.test(Gp.RAX, Gp.RAX);
    a.jump(Condition.ZERO, end);
    a.kmovw(k(1), Gp.RAX);
    a.mov(Gp.RAX, Frame.slot(5));
    a.kmovq(k(2), Gp.RAX);
    pixels();
    a.bind(end);
    Frame.leave(a);
    a.bind(tables);
    tables();
    return a;
  }

  private void pixels() {
    for (int plane = 0; plane < planes; plane++) {
      a.vpmovzxbd(zmm(plane).zeroed(k(1)), plane(plane));
    }
    for (int plane = 1; plane < planes; plane++) {
      a.vpslld(zmm(plane), zmm(plane), plane * Byte.SIZE);
      a.vpord(zmm(0), zmm(0), zmm(plane));
    }
    if (planes < MOST) {
      a.vpshufb(zmm(0), zmm(0), zmm(30));
      a.vpermd(zmm(0), zmm(31), zmm(0));
    }
    a.vmovdqu8(at(TO).masked(k(2)), zmm(0));
  }

  private static Mem plane(int plane) {
    return switch (plane) {
      case 0 -> at(FROM);
      case 3 -> at(FROM, PITCH_3, 1);
      default -> at(FROM, PITCH, plane);
    };
  }

  /** Which bytes of a quarter are kept, as its first ones; then the ints that have any. */
  private void tables() {
    for (int i = 0; i < QUARTERS * QUARTERS; i++) {
      int bytes = 0;
      for (int j = 0; j < Integer.BYTES; j++) {
        int to = i % QUARTERS * Integer.BYTES + j;
        int from = to < QUARTERS * planes ? to / planes * Integer.BYTES + to % planes : NONE;
        bytes |= from << j * Byte.SIZE;
      }
      a.data(bytes);
    }
    for (int i = 0; i < QUARTERS * QUARTERS; i++) {
      a.data(i < QUARTERS * planes ? i / planes * QUARTERS + i % planes : 0);
    }
  }
}
