package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** Writes the arithmetic of the transform of an input, which takes all vector registers. */
final class WinogradInputSums {
  private static final Vec MINUS_4 = zmm(26);
  private static final Vec MINUS_5 = zmm(27);
  private static final Vec TWO = zmm(28);
  private static final Vec MINUS_2 = zmm(29);
  private static final Vec FOUR = zmm(30);

  private static final Vec P = zmm(18);
  private static final Vec Q = zmm(19);
  private static final Vec R = zmm(20);
  private static final Vec S = zmm(21);
  private static final Vec T = zmm(22);

  /** Writes how a vector is loaded from a line, or stored to a position of a line of results. */
  interface Access {
    void move(Vec vector, int index);
  }

  private final Assembler a;
  private final int size;
  private final Access load;
  private final Access store;

  WinogradInputSums(Assembler a, int size, Access load, Access store) {
    this.a = a;
    this.size = size;
    this.load = load;
    this.store = store;
  }

  /** In how many parts the lines of a tile's results are made. */
  int parts() {
    return size == 4 ? 2 : 1;
  }

  /** The lines of a part. */
  int lines() {
    return (size + 2) / parts();
  }

  /** Loads what elements are multiplied with. */
  void constants(Gp free) {
    if (size == 4) {
      all(MINUS_4, -4, free);
      all(MINUS_5, -5, free);
      all(TWO, 2, free);
      all(MINUS_2, -2, free);
      all(FOUR, 4, free);
    }
  }

  private void all(Vec to, float value, Gp free) {
    a.mov(free, Float.floatToRawIntBits(value));
    a.vpbroadcastd(to, free);
  }

  private Vec half(int line, int column) {
    return zmm(line * (size + 2) + column);
  }

  /** A column of nothing. */
  void zeros(int column) {
    for (int line = 0; line < lines(); line++) {
      Vec to = half(line, column);
      a.vpxord(to, to, to);
    }
  }

  /** Transforms a column to its elements of the lines of a part. */
  void column(int part, int column) {
    Vec first = half(0, column);
    Vec second = half(1, column);
    Vec third = half(2, column);
    if (size == 2) {
      load.move(P, 0);
      load.move(Q, 1);
      load.move(R, 2);
      load.move(S, 3);
      a.vsubps(first, P, R);
      a.vaddps(second, Q, R);
      a.vsubps(third, R, Q);
      a.vsubps(half(3, column), Q, S);
    } else if (part == 0) {
      load.move(first, 4);
      load.move(R, 2);
      load.move(Q, 3);
      load.move(S, 1);
      load.move(T, 0);
      a.vmovaps(P, first);
      a.vfmadd231ps(P, R, MINUS_4);
      a.vfmadd231ps(Q, S, MINUS_4);
      a.vfmadd231ps(first, R, MINUS_5);
      a.vaddps(second, P, Q);
      a.vsubps(third, P, Q);
      a.vfmadd231ps(first, T, FOUR);
    } else {
      load.move(P, 4);
      load.move(Q, 2);
      load.move(S, 3);
      load.move(T, 1);
      load.move(third, 5);
      a.vsubps(second, P, Q);
      a.vsubps(R, S, T);
      a.vfmadd231ps(third, S, MINUS_5);
      a.vmovaps(first, second);
      a.vfmadd231ps(second, R, MINUS_2);
      a.vfmadd231ps(first, R, TWO);
      a.vfmadd231ps(third, T, FOUR);
    }
  }

  /** Transforms a line of a part and stores it. */
  void line(int line) {
    Vec d0 = half(line, 0);
    Vec d1 = half(line, 1);
    Vec d2 = half(line, 2);
    Vec d3 = half(line, 3);
    if (size == 2) {
      a.vsubps(d0, d0, d2);
      a.vaddps(P, d1, d2);
      a.vsubps(Q, d2, d1);
      a.vsubps(d3, d1, d3);
      store.move(d0, 0);
      store.move(P, 1);
      store.move(Q, 2);
      store.move(d3, 3);
      return;
    }
    Vec d4 = half(line, 4);
    Vec d5 = half(line, 5);
    a.vmovaps(P, d4);
    a.vmovaps(Q, d3);
    a.vsubps(R, d4, d2);
    a.vsubps(S, d3, d1);
    a.vfmadd231ps(P, d2, MINUS_4);
    a.vfmadd231ps(Q, d1, MINUS_4);
    a.vfmadd231ps(d4, d2, MINUS_5);
    a.vfmadd231ps(d5, d3, MINUS_5);
    a.vfmadd231ps(d4, d0, FOUR);
    a.vfmadd231ps(d5, d1, FOUR);
    a.vmovaps(T, R);
    a.vfmadd231ps(R, S, TWO);
    a.vfmadd231ps(T, S, MINUS_2);
    a.vaddps(d0, P, Q);
    a.vsubps(d1, P, Q);
    store.move(d4, 0);
    store.move(d0, 1);
    store.move(d1, 2);
    store.move(R, 3);
    store.move(T, 4);
    store.move(d5, 5);
  }
}
