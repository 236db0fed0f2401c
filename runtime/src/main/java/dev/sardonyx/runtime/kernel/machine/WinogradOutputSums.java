package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.function.IntFunction;

/** Writes the arithmetic of the transform of an output, which takes zmm0 to zmm28. */
final class WinogradOutputSums {
  private static final Vec TWO = zmm(24);
  private static final Vec FOUR = zmm(25);
  private static final Vec EIGHT = zmm(26);
  private static final Vec P = zmm(27);
  private static final Vec R = zmm(28);

  private final Assembler a;
  private final int size;

  WinogradOutputSums(Assembler a, int size) {
    this.a = a;
    this.size = size;
  }

  /** Loads what elements are multiplied with. */
  void constants(Gp free) {
    if (size == 4) {
      all(TWO, 2, free);
      all(FOUR, 4, free);
      all(EIGHT, 8, free);
    }
  }

  private void all(Vec to, float value, Gp free) {
    a.mov(free, Float.floatToRawIntBits(value));
    a.vpbroadcastd(to, free);
  }

  private Vec half(int line, int column) {
    return zmm(line * (size + 2) + column);
  }

  /** Transforms a column to its elements of the lines of a tile. */
  void column(int column, IntFunction<Mem> from) {
    Vec first = half(0, column);
    Vec second = half(1, column);
    a.vmovups(P, from.apply(1));
    if (size == 2) {
      a.vaddps(first, P, from.apply(0));
      a.vsubps(second, P, from.apply(2));
      a.vaddps(first, first, from.apply(2));
      a.vsubps(second, second, from.apply(3));
      return;
    }
    Vec third = half(2, column);
    Vec fourth = half(3, column);
    a.vaddps(third, P, from.apply(2));
    a.vsubps(second, P, from.apply(2));
    a.vmovups(P, from.apply(3));
    a.vaddps(R, P, from.apply(4));
    a.vsubps(P, P, from.apply(4));
    a.vaddps(first, third, from.apply(0));
    a.vmovaps(fourth, second);
    a.vfmadd231ps(third, R, FOUR);
    a.vaddps(first, first, R);
    a.vfmadd231ps(fourth, P, EIGHT);
    a.vfmadd231ps(second, P, TWO);
    a.vaddps(fourth, fourth, from.apply(5));
  }

  /** Transforms a line to its pixels. */
  void line(int line) {
    Vec d0 = half(line, 0);
    Vec d1 = half(line, 1);
    Vec d2 = half(line, 2);
    Vec d3 = half(line, 3);
    a.vaddps(d0, d0, size == 2 ? d1 : sum(P, d1, d2));
    if (size == 2) {
      a.vaddps(d0, d0, d2);
      a.vsubps(d1, d1, d2);
      a.vsubps(d1, d1, d3);
      return;
    }
    Vec d4 = half(line, 4);
    Vec d5 = half(line, 5);
    a.vsubps(d1, d1, d2);
    a.vaddps(R, d3, d4);
    a.vsubps(d3, d3, d4);
    a.vmovaps(d2, d1);
    a.vaddps(d0, d0, R);
    a.vfmadd231ps(P, R, FOUR);
    a.vfmadd231ps(d2, d3, TWO);
    a.vfmadd231ps(d1, d3, EIGHT);
    a.vaddps(d1, d1, d5);
  }

  private Vec sum(Vec to, Vec left, Vec right) {
    a.vaddps(to, left, right);
    return to;
  }

  /** Where a pixel is after that. */
  Vec pixel(int line, int column) {
    if (size == 2) {
      return half(line, column);
    }
    return switch (column) {
      case 0 -> half(line, 0);
      case 1 -> half(line, 2);
      case 2 -> P;
      case 3 -> half(line, 1);
      default -> throw new AssertionError(column);
    };
  }
}
