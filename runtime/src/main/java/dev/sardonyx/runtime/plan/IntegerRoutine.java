package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.IntegerEnding;
import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Products and convolutions of 8-bit numbers by kernels that sum in integers: the weights stay the
 * same for the session and are even about zero. Left operands with a sign lose it; what that and
 * their zero point add to each column is taken away along with the bias.
 */
final class IntegerRoutine {
  private final Call call;
  private final IntegerOperands operands;
  private final IntegerWindow window;
  private final IntegerWeights form;
  private final Weights.Derived weights;
  private final Kernels kernels;
  private final boolean signed;
  private final IntegerEnds ends;
  private final Optional<Weights.Derived> constantEnds;

  private IntegerRoutine(
      Call call,
      IntegerOperands operands,
      IntegerWindow window,
      IntegerWeights form,
      Weights.Derived packed,
      Weights weights,
      Kernels kernels) {
    this.call = call;
    this.operands = operands;
    this.window = window;
    this.form = form;
    this.weights = packed;
    this.kernels = kernels;
    signed = !IntegerOperands.isUnsigned(call, IntegerOperands.LEFT);
    ends = new IntegerEnds(call, operands, form, signed ? IntegerOperands.SIGN : 0);
    constantEnds = ends.constant(weights, packed);
  }

  /** The routine for a call that it takes. */
  static Optional<Routine> of(IntegerProductOp op, Call call, Kernels kernels, Weights weights) {
    IntegerOperands operands = IntegerOperands.of(op);
    if (!kernels.hasIntegerProducts() || !weights.keeps(call.input(operands.right()))) {
      return Optional.empty();
    }
    return switch (op) {
      case IntegerProductOp.MatMulInteger _, IntegerProductOp.QLinearMatMul _ ->
          matrices(call, operands, kernels, weights);
      case IntegerProductOp.ConvInteger(var window, int group) ->
          convolution(new Conv(window, group), call, operands, kernels, weights);
      case IntegerProductOp.QLinearConv(var window, int group) ->
          convolution(new Conv(window, group), call, operands, kernels, weights);
    };
  }

  private static Optional<Routine> matrices(
      Call call, IntegerOperands operands, Kernels kernels, Weights weights) {
    long[] a = call.sizes(IntegerOperands.LEFT);
    long[] b = call.sizes(operands.right());
    if (b.length != 2 || b[0] == 0 || !operands.areEven(call, b[1])) {
      return Optional.empty();
    }
    int k = Sizes.narrow(b[0]);
    int n = Sizes.narrow(b[1]);
    int rows = Sizes.narrow(Sizes.product(a, 0, a.length - 1));
    boolean unsigned = IntegerOperands.isUnsigned(call, operands.right());
    var form = new IntegerWeights(n, 1, k, k, 1, 0, 0, n, unsigned);
    return routine(call, operands, IntegerWindow.of(rows, k), form, kernels, weights);
  }

  private static Optional<Routine> convolution(
      Conv op, Call call, IntegerOperands operands, Kernels kernels, Weights weights) {
    boolean single = op.group() == 1 && op.window().rank() <= 2;
    boolean together =
        op.window().dilations().getLast() == 1 || op.window().kernel().getLast() == 1;
    long[] w = call.sizes(operands.right());
    if (!single || !together || !operands.areEven(call, w[0])) {
      return Optional.empty();
    }
    return Optional.of(
        ChannelOrder.of(call, last -> convolution(op, last, w, operands, kernels, weights)));
  }

  private static Routine convolution(
      Conv op, Call call, long[] w, IntegerOperands operands, Kernels kernels, Weights weights) {
    ConvolutionGeometry geometry =
        ConvolutionRoutine.geometry(op, ChannelOrder.onnx(call.sizes(0)), call);
    IntegerWindow window = IntegerWindow.of(geometry);
    int channels = geometry.channels();
    int kernelWidth = geometry.width().kernel();
    long plane = (long) geometry.height().kernel() * kernelWidth;
    var form =
        new IntegerWeights(
            Sizes.narrow(w[0]),
            window.runs(),
            window.run(),
            channels,
            channels * plane,
            kernelWidth,
            1,
            plane,
            IntegerOperands.isUnsigned(call, operands.right()));
    return routine(call, operands, window, form, kernels, weights).orElseThrow();
  }

  private static Optional<Routine> routine(
      Call call,
      IntegerOperands operands,
      IntegerWindow window,
      IntegerWeights form,
      Kernels kernels,
      Weights weights) {
    Optional<Weights.Derived> packed =
        weights.derived(call.input(operands.right()), form, form.bytes(), form::pack);
    return packed.map(
        there -> {
          var routine = new IntegerRoutine(call, operands, window, form, there, weights, kernels);
          return Routine.of(routine::bind).withScratch(routine.scratchBytes());
        });
  }

  private boolean isCopied() {
    return window.isCopied(signed);
  }

  private long scratchBytes() {
    return Sizes.add(constantEnds.isPresent() ? 0 : ends.bytes(), isCopied() ? window.bytes() : 0);
  }

  private Step bind(Buffers buffers) {
    MemorySegment columns =
        constantEnds
            .map(Weights.Derived::segment)
            .orElseGet(() -> buffers.scratch().asSlice(0, ends.bytes()));
    MemorySegment x = buffers.input(IntegerOperands.LEFT);
    MemorySegment packed = weights.segment();
    MemorySegment sums = form.sums(packed);
    Step copy = () -> {};
    if (isCopied()) {
      long after = constantEnds.isPresent() ? 0 : ends.bytes();
      MemorySegment to = buffers.scratch().asSlice(after, window.bytes());
      int flipped = signed ? IntegerOperands.SIGN : 0;
      copy = window.copy(x, to, flipped, () -> ends.leftZero(buffers::input), kernels);
      x = to;
    }
    Step before = copy;
    IntegerEnding ending = ending(buffers, ends.scales(columns));
    var shared =
        new SharedIntegerProducts(
            kernels,
            products(x, form.panels(packed), ends.addends(columns), ending, buffers),
            window.outLines(),
            buffers);
    if (constantEnds.isPresent()) {
      return () -> {
        before.run();
        shared.run();
      };
    }
    return () -> {
      before.run();
      ends.make(buffers::input, sums, columns);
      shared.run();
    };
  }

  private List<IntegerProduct> products(
      MemorySegment x,
      IntegerPanels panels,
      MemorySegment addends,
      IntegerEnding ending,
      Buffers buffers) {
    List<IntegerProduct> products = new ArrayList<>();
    int n = form.n();
    long bytes = (long) window.outLines() * window.outPixels() * n * ending.bytes();
    for (int i = 0; i < window.pictures(); i++) {
      MemorySegment y = buffers.output().asSlice(i * bytes, bytes);
      var rows = window.rows(x, i);
      products.add(new IntegerProduct(n, window.outPixels(), rows, panels, addends, y, n, ending));
    }
    return products;
  }

  private IntegerEnding ending(Buffers buffers, MemorySegment scales) {
    if (!operands.quantized()) {
      return new IntegerEnding.Sums();
    }
    boolean unsigned = IntegerOperands.isUnsigned(call, IntegerOperands.Y_ZERO);
    Kind kind = unsigned ? Kind.UINT8 : Kind.INT8;
    byte stored = buffers.input(IntegerOperands.Y_ZERO).get(JAVA_BYTE, 0);
    int zero = unsigned ? stored & 0xFF : stored;
    return new IntegerEnding.Bytes(scales, kind.low() - zero, kind.high() - zero, zero);
  }
}
