package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Functions of two floats over runs, where one side may be a single value. */
final class VectorBinary {

  private VectorBinary() {}

  /** Whether there is a vector form; others take the plain loop. */
  static boolean has(BinaryFunction function) {
    return switch (function) {
      case ADD, SUB, MUL, DIV, PRELU -> true;
      case POW, MAX, MIN, REMAINDER, MODULO -> false;
    };
  }

  static void runs(
      BinaryFunction function,
      int n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    switch (function) {
      case ADD -> VectorRuns.add(n, a, aOffset, b, bOffset, y, yOffset);
      case SUB -> VectorRuns.subtract(n, a, aOffset, b, bOffset, y, yOffset);
      case MUL -> VectorRuns.multiply(n, a, aOffset, b, bOffset, y, yOffset);
      case DIV -> VectorRuns.divide(n, a, aOffset, b, bOffset, y, yOffset);
      case PRELU -> VectorRuns.prelu(n, a, aOffset, b, bOffset, y, yOffset);
      case POW, MAX, MIN, REMAINDER, MODULO -> throw new AssertionError(function);
    }
  }

  /** A run with one value on its right. x + (-0) is x for every x, so a product is affine too. */
  static void valueRight(
      BinaryFunction function,
      int n,
      MemorySegment a,
      long aOffset,
      float b,
      MemorySegment y,
      long yOffset) {
    switch (function) {
      case ADD -> VectorRuns.affine(n, a, aOffset, 1, b, y, yOffset);
      case SUB -> VectorRuns.affine(n, a, aOffset, 1, -b, y, yOffset);
      case MUL -> VectorRuns.affine(n, a, aOffset, b, -0f, y, yOffset);
      case DIV -> VectorRuns.divideBy(n, a, aOffset, b, y, yOffset);
      case PRELU -> VectorRuns.leakyRelu(n, a, aOffset, b, y, yOffset);
      case POW, MAX, MIN, REMAINDER, MODULO -> throw new AssertionError(function);
    }
  }

  /** A run with one value on its left. */
  static void valueLeft(
      BinaryFunction function,
      int n,
      float a,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    switch (function) {
      case ADD -> VectorRuns.affine(n, b, bOffset, 1, a, y, yOffset);
      case SUB -> VectorRuns.affine(n, b, bOffset, -1, a, y, yOffset);
      case MUL -> VectorRuns.affine(n, b, bOffset, a, -0f, y, yOffset);
      case DIV -> VectorRuns.divide(n, b, bOffset, a, y, yOffset);
      case PRELU -> preluOfValue(n, a, b, bOffset, y, yOffset);
      case POW, MAX, MIN, REMAINDER, MODULO -> throw new AssertionError(function);
    }
  }

  private static void preluOfValue(
      int n, float a, MemorySegment b, long bOffset, MemorySegment y, long yOffset) {
    if (a < 0) {
      VectorRuns.affine(n, b, bOffset, a, -0f, y, yOffset);
    } else {
      VectorRuns.fill(n, a, y, yOffset);
    }
  }
}
