package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * Writes the arithmetic of the transform of an input, which takes all vector registers. With few of
 * them columns of results wait on the stack for their lines.
 */
final class WinogradInputSums {
  /** Writes how a vector is loaded from a line, or stored to a position of a line of results. */
  interface Access {
    void move(Vec vector, int index);
  }

  private final Assembler a;
  private final VectorLevel level;
  private final int size;
  private final Scratch scratch;
  private final Access load;
  private final Access store;
  private final boolean few;

  private final Vec minus4;
  private final Vec minus5;
  private final Vec two;
  private final Vec minus2;
  private final Vec four;

  private final Vec p;
  private final Vec q;
  private final Vec r;
  private final Vec s;
  private final Vec t;

  WinogradInputSums(
      Assembler a, VectorLevel level, int size, Scratch scratch, Access load, Access store) {
    this.a = a;
    this.level = level;
    this.size = size;
    this.scratch = scratch;
    this.load = load;
    this.store = store;
    this.few = scratch.lines() > 0;
    int free = few ? 6 : 18;
    p = level.register(free);
    q = level.register(free + 1);
    r = level.register(free + 2);
    s = level.register(free + 3);
    t = few ? level.spare(0) : level.register(free + 4); // masks are there before
    minus4 = level.register(few ? 10 : 26);
    minus5 = level.register(few ? 11 : 27);
    two = few ? level.spare(1) : level.register(28);
    minus2 = few ? level.spare(2) : level.register(29);
    four = few ? level.spare(3) : level.register(30);
  }

  /** In how many parts the lines of a tile's results are made. */
  int parts() {
    return size == 4 && !few ? 2 : 1;
  }

  /** The lines of a part. */
  int lines() {
    return (size + 2) / parts();
  }

  /** Loads what elements are multiplied with. */
  void constants(Gp free) {
    if (size == 4) {
      all(minus4, -4, free);
      all(minus5, -5, free);
      all(two, 2, free);
      all(minus2, -2, free);
      all(four, 4, free);
    }
  }

  private void all(Vec to, float value, Gp free) {
    a.mov(free, Float.floatToRawIntBits(value));
    a.vmovd(to.of(16), free);
    a.vbroadcastss(to, to.of(16));
  }

  private Vec half(int line, int column) {
    return level.register(line * (size + 2) + column);
  }

  /** A column of nothing. */
  void zeros(int column) {
    for (int line = 0; line < lines(); line++) {
      if (few) {
        level.clear(a, p);
        a.vmovups(scratch.of(line, column), p);
      } else {
        level.clear(a, half(line, column));
      }
    }
  }

  /** Transforms a column to its elements of the lines of a part. */
  void column(int part, int column) {
    if (few) {
      for (int line = 0; line < size + 2; line++) {
        load.move(level.register(line), line);
      }
      transform(0, (vector, line) -> a.vmovups(scratch.of(line, column), vector));
      return;
    }
    Vec first = half(0, column);
    Vec second = half(1, column);
    Vec third = half(2, column);
    if (size == 2) {
      load.move(p, 0);
      load.move(q, 1);
      load.move(r, 2);
      load.move(s, 3);
      a.vsubps(first, p, r);
      a.vaddps(second, q, r);
      a.vsubps(third, r, q);
      a.vsubps(half(3, column), q, s);
    } else if (part == 0) {
      firstHalf(first, second, third);
    } else {
      secondHalf(first, second, third);
    }
  }

  private void firstHalf(Vec first, Vec second, Vec third) {
    load.move(first, 4);
    load.move(r, 2);
    load.move(q, 3);
    load.move(s, 1);
    load.move(t, 0);
    a.vmovaps(p, first);
    a.vfmadd231ps(p, r, minus4);
    a.vfmadd231ps(q, s, minus4);
    a.vfmadd231ps(first, r, minus5);
    a.vaddps(second, p, q);
    a.vsubps(third, p, q);
    a.vfmadd231ps(first, t, four);
  }

  private void secondHalf(Vec first, Vec second, Vec third) {
    load.move(p, 4);
    load.move(q, 2);
    load.move(s, 3);
    load.move(t, 1);
    load.move(third, 5);
    a.vsubps(second, p, q);
    a.vsubps(r, s, t);
    a.vfmadd231ps(third, s, minus5);
    a.vmovaps(first, second);
    a.vfmadd231ps(second, r, minus2);
    a.vfmadd231ps(first, r, two);
    a.vfmadd231ps(third, t, four);
  }

  /** Transforms a line of a part and stores it. */
  void line(int line) {
    if (few) {
      for (int column = 0; column < size + 2; column++) {
        a.vmovups(level.register(column), scratch.of(line, column));
      }
      transform(0, store);
    } else {
      transform(line * (size + 2), store);
    }
  }

  /** Transforms what is in registers from one on. */
  private void transform(int first, Access to) {
    Vec d0 = level.register(first);
    Vec d1 = level.register(first + 1);
    Vec d2 = level.register(first + 2);
    Vec d3 = level.register(first + 3);
    if (size == 2) {
      a.vsubps(d0, d0, d2);
      a.vaddps(p, d1, d2);
      a.vsubps(q, d2, d1);
      a.vsubps(d3, d1, d3);
      to.move(d0, 0);
      to.move(p, 1);
      to.move(q, 2);
      to.move(d3, 3);
      return;
    }
    Vec d4 = level.register(first + 4);
    Vec d5 = level.register(first + 5);
    a.vmovaps(p, d4);
    a.vmovaps(q, d3);
    a.vsubps(r, d4, d2);
    a.vsubps(s, d3, d1);
    a.vfmadd231ps(p, d2, minus4);
    a.vfmadd231ps(q, d1, minus4);
    a.vfmadd231ps(d4, d2, minus5);
    a.vfmadd231ps(d5, d3, minus5);
    a.vfmadd231ps(d4, d0, four);
    a.vfmadd231ps(d5, d1, four);
    a.vmovaps(t, r);
    a.vfmadd231ps(r, s, two);
    a.vfmadd231ps(t, s, minus2);
    a.vaddps(d0, p, q);
    a.vsubps(d1, p, q);
    to.move(d4, 0);
    to.move(d0, 1);
    to.move(d1, 2);
    to.move(r, 3);
    to.move(t, 4);
    to.move(d5, 5);
  }
}
