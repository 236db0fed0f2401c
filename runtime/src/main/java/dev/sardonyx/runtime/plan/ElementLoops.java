package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Plain loops that serve every element type: floats are computed in double, others in 64 bits. */
final class ElementLoops {
  private ElementLoops() {}

  /** Computes one element of y from one of a and one of b. */
  @FunctionalInterface
  interface Element {
    void compute(MemorySegment a, long aAt, MemorySegment b, long bAt, MemorySegment y, long yAt);
  }

  /** y = f(a, b) within one type. */
  static Element binary(DType type, DoubleBinaryOperator reals, LongBinaryOperator integers) {
    var elements = new Elements(type);
    return type.isFloat()
        ? (a, i, b, j, y, k) ->
            elements.real(y, k, reals.applyAsDouble(elements.real(a, i), elements.real(b, j)))
        : (a, i, b, j, y, k) ->
            elements.integer(
                y, k, integers.applyAsLong(elements.integer(a, i), elements.integer(b, j)));
  }

  /** y = f(a) within one type; b is not looked at. */
  static Element unary(DType type, DoubleUnaryOperator reals, LongUnaryOperator integers) {
    var elements = new Elements(type);
    return type.isFloat()
        ? (a, i, _, _, y, k) -> elements.real(y, k, reals.applyAsDouble(elements.real(a, i)))
        : (a, i, _, _, y, k) ->
            elements.integer(y, k, integers.applyAsLong(elements.integer(a, i)));
  }

  /** The loop over an output, with operands 0 and 1. */
  static Routine.Binder binary(LoopNest nest, Element element) {
    return buffers -> run(nest, element, buffers.input(0), buffers.input(1), buffers.output());
  }

  /** The loop over n elements of input 0. */
  static Routine.Binder unary(long n, Element element) {
    LoopNest nest = LoopNest.broadcast(new long[] {n}, new long[] {n});
    return buffers -> run(nest, element, buffers.input(0), buffers.input(0), buffers.output());
  }

  static Step run(
      LoopNest nest, Element element, MemorySegment a, MemorySegment b, MemorySegment y) {
    LoopNest.Run run =
        (aAt, aStep, bAt, bStep, yAt, n) -> {
          for (long i = 0; i < n; i++) {
            element.compute(a, aAt + i * aStep, b, bAt + i * bStep, y, yAt + i);
          }
        };
    return () -> nest.forEach(run);
  }
}
