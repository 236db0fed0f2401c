package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.util.function.IntFunction;

/**
 * Writes the arithmetic of the transform of an output, which takes the first registers. With few of
 * them columns of results wait on the stack for their lines.
 */
final class WinogradOutputSums {
  private final Assembler a;
  private final VectorLevel level;
  private final int size;
  private final Scratch scratch;
  private final boolean few;

  private final Vec two;
  private final Vec four;
  private final Vec eight;
  private final Vec p;
  private final Vec r;

  WinogradOutputSums(Assembler a, VectorLevel level, int size, Scratch scratch) {
    this.a = a;
    this.level = level;
    this.size = size;
    this.scratch = scratch;
    this.few = scratch.lines() > 0;
    int first = few ? 6 : 24;
    two = level.register(first);
    four = level.register(first + 1);
    eight = level.register(first + 2);
    p = level.register(first + 3);
    r = level.register(first + 4);
  }

  /** Loads what elements are multiplied with. */
  void constants(Gp free) {
    if (size == 4) {
      all(two, 2, free);
      all(four, 4, free);
      all(eight, 8, free);
    }
  }

  private void all(Vec to, float value, Gp free) {
    a.mov(free, Float.floatToRawIntBits(value));
    a.vmovd(to.of(16), free);
    a.vbroadcastss(to, to.of(16));
  }

  /** An element of a column of results. */
  private Vec ofColumn(int line, int column) {
    return level.register(few ? line : line * (size + 2) + column);
  }

  /** An element of a line of them. */
  private Vec ofLine(int line, int column) {
    return level.register(few ? column : line * (size + 2) + column);
  }

  /** Transforms a column to its elements of the lines of a tile. */
  void column(int column, IntFunction<Mem> from) {
    transform(column, from);
    for (int line = 0; line < scratch.lines(); line++) {
      a.vmovups(scratch.of(line, column), ofColumn(line, column));
    }
  }

  private void transform(int column, IntFunction<Mem> from) {
    Vec first = ofColumn(0, column);
    Vec second = ofColumn(1, column);
    a.vmovups(p, from.apply(1));
    if (size == 2) {
      a.vaddps(first, p, from.apply(0));
      a.vsubps(second, p, from.apply(2));
      a.vaddps(first, first, from.apply(2));
      a.vsubps(second, second, from.apply(3));
      return;
    }
    Vec third = ofColumn(2, column);
    Vec fourth = ofColumn(3, column);
    a.vaddps(third, p, from.apply(2));
    a.vsubps(second, p, from.apply(2));
    a.vmovups(p, from.apply(3));
    a.vaddps(r, p, from.apply(4));
    a.vsubps(p, p, from.apply(4));
    a.vaddps(first, third, from.apply(0));
    a.vmovaps(fourth, second);
    a.vfmadd231ps(third, r, four);
    a.vaddps(first, first, r);
    a.vfmadd231ps(fourth, p, eight);
    a.vfmadd231ps(second, p, two);
    a.vaddps(fourth, fourth, from.apply(5));
  }

  /** Transforms a line to its pixels. */
  void line(int line) {
    for (int column = 0; column < size + 2 && few; column++) {
      a.vmovups(ofLine(line, column), scratch.of(line, column));
    }
    Vec d0 = ofLine(line, 0);
    Vec d1 = ofLine(line, 1);
    Vec d2 = ofLine(line, 2);
    Vec d3 = ofLine(line, 3);
    a.vaddps(d0, d0, size == 2 ? d1 : sum(p, d1, d2));
    if (size == 2) {
      a.vaddps(d0, d0, d2);
      a.vsubps(d1, d1, d2);
      a.vsubps(d1, d1, d3);
      return;
    }
    Vec d4 = ofLine(line, 4);
    Vec d5 = ofLine(line, 5);
    a.vsubps(d1, d1, d2);
    a.vaddps(r, d3, d4);
    a.vsubps(d3, d3, d4);
    a.vmovaps(d2, d1);
    a.vaddps(d0, d0, r);
    a.vfmadd231ps(p, r, four);
    a.vfmadd231ps(d2, d3, two);
    a.vfmadd231ps(d1, d3, eight);
    a.vaddps(d1, d1, d5);
  }

  private Vec sum(Vec to, Vec left, Vec right) {
    a.vaddps(to, left, right);
    return to;
  }

  /** Where a pixel is after that. */
  Vec pixel(int line, int column) {
    if (size == 2) {
      return ofLine(line, column);
    }
    return switch (column) {
      case 0 -> ofLine(line, 0);
      case 1 -> ofLine(line, 2);
      case 2 -> p;
      case 3 -> ofLine(line, 1);
      default -> throw new AssertionError(column);
    };
  }
}
