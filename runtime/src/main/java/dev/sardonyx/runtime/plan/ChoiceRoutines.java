package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/** Operators that choose between elements or change their type: Where, Clip, Cast. */
final class ChoiceRoutines {
  /** What a choice costs beside a copy. */
  private static final int COST = 4;

  /** Elements of a cache line, or more. */
  private static final int UNIT = 64;

  private ChoiceRoutines() {}

  /** All of Y, then X over it where the condition holds; elements move as bytes. */
  static Routine where(Call call) {
    long[] sizes = call.outputSizes();
    int bytes = call.output().dtype().bits() / 8;
    LoopNest otherwise = LoopNest.broadcast(sizes, call.sizes(2));
    LoopNest chosen = LoopNest.broadcast(sizes, call.sizes(0), call.sizes(1));
    boolean full = Sizes.product(call.sizes(2)) == Sizes.product(sizes);
    return Routine.of(
            buffers -> {
              var x = buffers.input(2);
              var y = buffers.output();
              Step under = StridedCopy.step(otherwise, bytes, x, 0, y, buffers.team());
              Step over =
                  over(chosen, bytes, buffers.input(0), buffers.input(1), y, buffers.team());
              return () -> {
                under.run();
                over.run();
              };
            })
        .withInPlace(full ? Set.of(2) : Set.of());
  }

  /** Writes elements of x where a condition, one byte each, holds. */
  private static Step over(
      LoopNest nest,
      int bytes,
      MemorySegment condition,
      MemorySegment x,
      MemorySegment y,
      Team team) {
    LoopNest.Run run =
        (a, aStep, b, bStep, at, n) -> {
          for (long i = 0; i < n; i++) {
            if (condition.get(JAVA_BYTE, a + i * aStep) == 0) {
              continue;
            }
            if (bytes == Integer.BYTES) {
              int value = x.get(JAVA_INT_UNALIGNED, (b + i * bStep) * Integer.BYTES);
              y.set(JAVA_INT_UNALIGNED, (at + i) * Integer.BYTES, value);
            } else {
              MemorySegment.copy(x, (b + i * bStep) * bytes, y, (at + i) * bytes, bytes);
            }
          }
        };
    return nest.shared(team, run, COST);
  }

  /** The bounds are read at each run. */
  static Routine clip(Call call, Kernels kernels) {
    DType type = call.output().dtype();
    var elements = new Elements(type);
    long n = Sizes.product(call.outputSizes());
    boolean unsigned = type == DType.UINT64;
    Routine.Binder binder =
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          Optional<MemorySegment> low = call.has(1) ? Optional.of(buffers.input(1)) : empty();
          Optional<MemorySegment> high = call.has(2) ? Optional.of(buffers.input(2)) : empty();
          if (type.isFloat()) {
            return () -> {
              double least = low.map(at -> elements.real(at, 0)).orElse(Double.NEGATIVE_INFINITY);
              double most = high.map(at -> elements.real(at, 0)).orElse(Double.POSITIVE_INFINITY);
              if (type == DType.FLOAT32) {
                kernels.unary(new UnaryFunction.Clip((float) least, (float) most), x, y, n);
              } else {
                reals(elements, x, y, n, least, most);
              }
            };
          }
          return () -> {
            long least =
                low.map(at -> elements.integer(at, 0)).orElse(unsigned ? 0 : Long.MIN_VALUE);
            long most =
                high.map(at -> elements.integer(at, 0)).orElse(unsigned ? -1 : Long.MAX_VALUE);
            integers(elements, x, y, n, least, most);
          };
        };
    return Routine.of(binder).withInPlace(Set.of(0));
  }

  private static Optional<MemorySegment> empty() {
    return Optional.empty();
  }

  private static void reals(
      Elements elements, MemorySegment x, MemorySegment y, long n, double low, double high) {
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      double value = elements.real(x, i);
      double raised = value <= low ? low : value;
      elements.real(y, i, raised >= high ? high : raised);
    }
  }

  private static void integers(
      Elements elements, MemorySegment x, MemorySegment y, long n, long low, long high) {
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      long value = elements.integer(x, i);
      long raised = elements.compare(value, low) < 0 ? low : value;
      elements.integer(y, i, elements.compare(raised, high) > 0 ? high : raised);
    }
  }

  /** Elements in the type of the output. */
  static Routine cast(Cast op, Call call) {
    var conversion = new Conversion(call.input(0).dtype(), op.to(), op.saturate(), op.roundMode());
    long n = Sizes.product(call.outputSizes());
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          int xBytes = conversion.from().bits() / Byte.SIZE;
          int yBytes = op.to().bits() / Byte.SIZE;
          var split = Split.of(n, Sizes.multiply(n, COST), UNIT, buffers.team().size());
          if (xBytes == 0 || yBytes == 0 || split.count() == 1) {
            return () -> Conversions.run(conversion, x, y, n);
          }
          return split.bound(
              buffers.team(),
              (from, to) -> {
                var xPart = x.asSlice(from * xBytes, (to - from) * xBytes);
                var yPart = y.asSlice(from * yBytes, (to - from) * yBytes);
                return () -> Conversions.run(conversion, xPart, yPart, to - from);
              });
        });
  }
}
