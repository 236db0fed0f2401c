package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Products and convolutions of numbers of 8 bits: zero points are taken off, the rest is a product
 * in floats that hold every sum exactly, whose result is cut to 32 bits or quantised again.
 */
final class QuantizedProducts {
  private static final long LARGEST_PRODUCT = 255 * 255;
  private static final long EXACT_IN_FLOAT32 = 1 << 24;

  private final Call call;
  private final Op product;
  private final boolean convolution;
  private final int left;
  private final int right;
  private final DType wide;
  private final Kernels kernels;

  private QuantizedProducts(Call call, Op product, int left, int right, Kernels kernels) {
    this.call = call;
    this.product = product;
    this.left = left;
    this.right = right;
    convolution = product instanceof Conv;
    boolean exact = !call.input(left).dtype().isFloat() && !call.input(right).dtype().isFloat();
    boolean small = exact && terms() <= EXACT_IN_FLOAT32 / LARGEST_PRODUCT;
    wide = small ? DType.FLOAT32 : DType.FLOAT64;
    this.kernels = small ? kernels : Kernels.doubles();
  }

  static Routine of(IntegerProductOp op, Call call, Kernels kernels, Weights weights) {
    return IntegerRoutine.of(op, call, kernels, weights)
        .orElseGet(() -> inFloats(op, call, kernels));
  }

  private static Routine inFloats(IntegerProductOp op, Call call, Kernels kernels) {
    return switch (op) {
      case IntegerProductOp.MatMulInteger _ ->
          new QuantizedProducts(call, new MatMul(), 0, 1, kernels).routine(2, 3, false);
      case IntegerProductOp.ConvInteger conv ->
          new QuantizedProducts(call, new Conv(conv.window(), conv.group()), 0, 1, kernels)
              .routine(2, 3, false);
      case IntegerProductOp.QLinearMatMul _ ->
          new QuantizedProducts(call, new MatMul(), 0, 3, kernels).routine(2, 5, true);
      case IntegerProductOp.QLinearConv conv ->
          new QuantizedProducts(call, new Conv(conv.window(), conv.group()), 0, 3, kernels)
              .routine(2, 5, true);
    };
  }

  /** How many products a sum has. */
  private long terms() {
    long[] w = call.sizes(right);
    return convolution ? Sizes.product(w, 1, w.length) : w[Math.max(0, w.length - 2)];
  }

  private Routine routine(int leftZero, int rightZero, boolean quantised) {
    TensorType a = new TensorType(wide, call.input(left).type().shape());
    TensorType b = new TensorType(wide, call.input(right).type().shape());
    TensorType y = new TensorType(wide, call.output().shape());
    var inputs = List.of(Optional.of(Operand.of(a)), Optional.of(Operand.of(b)));
    var inner = new Call(product, inputs, List.of(Optional.of(y)), Tail.none(), call.order());
    Routine routine =
        convolution
            ? ConvolutionRoutine.of((Conv) product, inner, kernels, Weights.none(), Choices.none())
            : MatMulRoutine.of(inner, kernels, Weights.none(), Choices.none());
    LoopNest aZero = zeroNest(left, leftZero);
    LoopNest bZero = zeroNest(right, rightZero);
    Finish finish = quantised ? quantise() : this::cut;
    long aEnd = MemoryBudget.aligned(bytes(a));
    long bEnd = Sizes.add(aEnd, MemoryBudget.aligned(bytes(b)));
    long yEnd = Sizes.add(bEnd, MemoryBudget.aligned(bytes(y)));
    return Routine.of(
            buffers -> {
              MemorySegment scratch = buffers.scratch();
              var aTo = scratch.asSlice(0, bytes(a));
              var bTo = scratch.asSlice(aEnd, bytes(b));
              var yTo = scratch.asSlice(bEnd, bytes(y));
              Step takeA = without(buffers, left, leftZero, aZero, aTo);
              Step takeB = without(buffers, right, rightZero, bZero, bTo);
              Step multiply =
                  routine
                      .binder()
                      .bind(
                          buffers.with(
                              List.of(Optional.of(aTo), Optional.of(bTo)),
                              List.of(Optional.of(yTo)),
                              scratch.asSlice(yEnd)));
              return () -> {
                takeA.run();
                takeB.run();
                multiply.run();
                finish.run(yTo, buffers);
              };
            })
        .withScratch(Sizes.add(yEnd, routine.scratchBytes()))
        .withMemberScratch(routine.memberScratchBytes());
  }

  private static long bytes(TensorType type) {
    return type.dtype().bytes(type.shape().elements().fixed());
  }

  /** What becomes of the sums. */
  @FunctionalInterface
  private interface Finish {
    void run(MemorySegment sums, Buffers buffers);
  }

  private Step without(Buffers buffers, int numbers, int zero, LoopNest nest, MemorySegment to) {
    var from = new Elements(call.input(numbers).dtype());
    var wider = new Elements(wide);
    MemorySegment x = buffers.input(numbers);
    Optional<MemorySegment> point = call.has(zero) ? buffers.inputs().get(zero) : Optional.empty();
    LoopNest.Run run =
        (at, step, _, _, y, n) -> {
          for (long i = 0; i < n; i++) {
            double offset = point.isPresent() ? from.number(point.get(), at + i * step) : 0;
            wider.real(to, y + i, from.number(x, y + i) - offset);
          }
        };
    return () -> nest.forEach(run);
  }

  /** The walk over an operand along with its zero point. */
  private LoopNest zeroNest(int numbers, int zero) {
    long[] sizes = call.sizes(numbers);
    int axis = convolution ? 0 : sizes.length - (numbers == left ? 2 : 1);
    return LoopNest.broadcast(sizes, call.has(zero) ? aligned(zero, axis, sizes) : new long[0]);
  }

  /** The sizes with which a scale or zero point broadcasts; a vector lies along an axis. */
  private long[] aligned(int index, int axis, long[] target) {
    long[] given = call.sizes(index);
    if (Sizes.product(given) == 1) {
      return new long[0];
    }
    long[] result = given;
    boolean matrices = call.sizes(left).length > 1 && call.sizes(right).length > 1;
    if (given.length == 1 && matrices) {
      result = new long[target.length];
      Arrays.fill(result, 1);
      result[axis] = given[0];
    }
    boolean fits = matrices && result.length <= target.length;
    for (int i = 1; fits && i <= result.length; i++) {
      long size = result[result.length - i];
      fits = size == 1 || size == target[target.length - i];
    }
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "%s: a scale or zero point of %s does not fit %s"
              .formatted(call.op().name(), Shape.of(given), Shape.of(target)));
    }
    return result;
  }

  private void cut(MemorySegment sums, Buffers buffers) {
    var from = new Elements(wide);
    var to = new Elements(DType.INT32);
    long n = Sizes.product(call.outputSizes());
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      to.integer(buffers.output(), i, (long) from.real(sums, i));
    }
  }

  /**
   * Times a_scale * b_scale / y_scale, rounded, plus y_zero_point; in float32 throughout where the
   * scales are, as {@link IntegerRoutine} has it.
   */
  private Finish quantise() {
    long[] sizes = call.outputSizes();
    int rows = convolution ? channels() : sizes.length - 2;
    int columns = convolution ? channels() : sizes.length - 1;
    LoopNest nest = LoopNest.broadcast(sizes, aligned(1, rows, sizes), aligned(4, columns, sizes));
    if (Sizes.product(call.sizes(6)) != 1 || Sizes.product(call.sizes(7)) != 1) {
      throw new SardonyxException(
          ErrorCode.SHAPE, call.op().name() + ": y_scale and y_zero_point must be scalars");
    }
    long plane = convolution ? Sizes.product(sizes, channels() + 1, sizes.length) : 1;
    var scales = new Elements(call.input(6).dtype());
    boolean single = scales.type() == DType.FLOAT32 && !call.output().dtype().isFloat();
    return (sums, buffers) -> {
      double divisor = scales.real(buffers.input(6), 0);
      nest.forEach(
          (a, aStep, b, bStep, y, n) -> {
            for (long i = 0; i < n; i++) {
              double factor = scales.real(buffers.input(1), a + i * aStep);
              factor = scales.rounded(factor * scales.real(buffers.input(4), b + i * bStep));
              factor = scales.rounded(factor / divisor);
              double sum = sum(sums, buffers, y + i, plane);
              write(buffers, y + i, single ? (float) ((float) sum * factor) : sum * factor);
            }
          });
    };
  }

  /** The axis of the channels in the output of a convolution. */
  private int channels() {
    return call.channelsLast() ? call.outputSizes().length - 1 : 1;
  }

  private double sum(MemorySegment sums, Buffers buffers, long at, long plane) {
    double sum = new Elements(wide).real(sums, at);
    if (!call.output().dtype().isFloat() && !call.input(left).dtype().isFloat()) {
      int wrapped = (int) (long) sum;
      if (call.has(8)) {
        long channel = at / plane % call.outputSizes()[channels()];
        wrapped += (int) new Elements(DType.INT32).integer(buffers.input(8), channel);
      }
      return wrapped;
    }
    return sum;
  }

  private void write(Buffers buffers, long at, double value) {
    var y = new Elements(call.output().dtype());
    double zero = y.number(buffers.input(7), 0);
    if (y.type().isFloat()) {
      y.real(buffers.output(), at, value + zero);
    } else {
      double whole = Math.rint(value) + zero;
      y.integer(buffers.output(), at, QuantizationRoutines.saturated(whole, y));
    }
  }
}
