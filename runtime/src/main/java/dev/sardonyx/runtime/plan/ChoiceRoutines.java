package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.plan.ElementLoops.Element;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/** Operators that choose between elements or change their type: Where, Clip, Cast. */
final class ChoiceRoutines {
  private ChoiceRoutines() {}

  /** All of Y, then X over it where the condition holds; elements move as bytes. */
  static Routine where(Call call) {
    long[] sizes = call.outputSizes();
    int bytes = call.output().dtype().bits() / 8;
    LoopNest otherwise = LoopNest.broadcast(sizes, call.sizes(2));
    LoopNest chosen = LoopNest.broadcast(sizes, call.sizes(0), call.sizes(1));
    var truth = new Elements(DType.BOOL);
    Element element =
        (condition, i, x, j, y, k) -> {
          if (truth.integer(condition, i) != 0) {
            MemorySegment.copy(x, j * bytes, y, k * bytes, bytes);
          }
        };
    boolean full = Sizes.product(call.sizes(2)) == Sizes.product(sizes);
    return Routine.of(
            buffers -> {
              var x = buffers.input(2);
              var y = buffers.output();
              Step over = ElementLoops.run(chosen, element, buffers.input(0), buffers.input(1), y);
              return () -> {
                StridedCopy.run(otherwise, bytes, x, 0, y);
                over.run();
              };
            })
        .withInPlace(full ? Set.of(2) : Set.of());
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
          return () -> Conversions.run(conversion, x, y, n);
        });
  }
}
