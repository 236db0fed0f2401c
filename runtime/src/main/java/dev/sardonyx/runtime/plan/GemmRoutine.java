package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Y = alpha * A' * B' + beta * C. Where alpha and beta are 1 and C is a vector or matrix, all of it
 * happens in the product; else C and the tail are applied to Y afterwards.
 */
final class GemmRoutine {
  private final Gemm op;
  private final Call call;
  private final Kernels kernels;
  private final Panels panels;
  private final Optional<StoredPanels> packed;
  private final WeightParts parts;
  private final int m;
  private final long leftBytes;
  private final long rightBytes;

  private GemmRoutine(Gemm op, Call call, Kernels kernels, Weights weights, WeightParts parts) {
    this.op = op;
    this.call = call;
    this.kernels = kernels;
    panels = Panels.of(call.sizes(1), op.transB());
    packed = weights.panels(call.input(1), op.transB());
    m = Sizes.narrow(call.outputSizes()[0]);
    this.parts = parts;
    leftBytes = op.transA() ? Sizes.bytes(Sizes.product(call.sizes(0)), kernels) : 0;
    rightBytes = packed.isPresent() ? 0 : Sizes.bytes(panels.elements(kernels), kernels);
  }

  static Routine of(Gemm op, Call call, Kernels kernels, Weights weights, Choices choices) {
    Panels panels = Panels.of(call.sizes(1), op.transB());
    return new ProductWays(
            call,
            op.transB(),
            weights.panels(call.input(1), op.transB()),
            panels.shape(call.outputSizes()[0]),
            1,
            kernels,
            choices)
        .routine(weights, (own, parts) -> new GemmRoutine(op, call, kernels, own, parts).routine());
  }

  private Routine routine() {
    return Routine.of(this::bind)
        .withScratch(Sizes.add(Sizes.add(leftBytes, rightBytes), addendBytes()));
  }

  private boolean hasAddend() {
    return call.has(2) && op.beta() != 0;
  }

  /** Room for beta * C. */
  private long addendBytes() {
    return hasAddend() && op.beta() != 1 ? Sizes.bytes(Sizes.product(call.sizes(2)), kernels) : 0;
  }

  private Step bind(Buffers buffers) {
    Optional<Tail> fused = fusedTail();
    Tail tail = fused.orElse(Tail.none());
    Step product = product(buffers, Epilogues.of(tail, OptionalInt.empty(), buffers));
    if (fused.isPresent()) {
      return product;
    }
    Step scale = scale(buffers);
    Step add = addend(buffers);
    Step finish = finish(buffers);
    return () -> {
      product.run();
      scale.run();
      add.run();
      finish.run();
    };
  }

  /** C and the tail as one tail, where the product can apply both. */
  private Optional<Tail> fusedTail() {
    Tail tail = call.tail();
    if (op.alpha() != 1 || (hasAddend() && op.beta() != 1)) {
      return Optional.empty();
    }
    if (!hasAddend()) {
      return Optional.of(tail);
    }
    long elements = Sizes.product(call.sizes(2));
    long rows = rowsOfAddend();
    if (rows == 1 && elements == panels.n()) {
      return tail.bias().isPresent() ? Optional.empty() : Optional.of(tail.withBias(2));
    }
    boolean full = elements == Sizes.multiply(m, panels.n());
    return full && tail.residual().isEmpty() ? Optional.of(tail.withResidual(2)) : Optional.empty();
  }

  private long rowsOfAddend() {
    long[] sizes = call.sizes(2);
    return sizes.length < 2 ? 1 : sizes[0];
  }

  private Step product(Buffers buffers, Epilogue epilogue) {
    MemorySegment given = buffers.input(0);
    MemorySegment scratch = buffers.scratch();
    MemorySegment a = op.transA() ? scratch.asSlice(0, leftBytes) : given;
    MemorySegment b = buffers.input(1);
    StoredPanels right =
        packed
            .map(parts::with)
            .orElseGet(() -> StoredPanels.plain(scratch.asSlice(leftBytes, rightBytes)));
    MemorySegment y = buffers.output();
    int k = panels.k();
    int n = panels.n();
    var left = new MatrixRows(a, k, kernels.elementBytes());
    var product = new Product(n, k, left, right, y, n, epilogue);
    var shared = new SharedProduct(kernels, product, m, buffers);
    LoopNest transposed = LoopNest.permuted(call.sizes(0), new int[] {1, 0});
    return () -> {
      if (op.transA()) {
        StridedCopy.run(transposed, kernels.elementBytes(), given, 0, a);
      }
      if (packed.isEmpty()) {
        panels.pack(kernels, b, 0, right.values(), 0);
      }
      shared.run();
    };
  }

  private Step scale(Buffers buffers) {
    if (op.alpha() == 1) {
      return () -> {};
    }
    MemorySegment y = buffers.output();
    MemorySegment alpha = scalar(op.alpha());
    long n = Sizes.product(call.outputSizes());
    return () -> kernels.binary(BinaryFunction.MUL, y, 0, 1, alpha, 0, 0, y, 0, n);
  }

  private MemorySegment scalar(float value) {
    return Tensor.scalar(value).dense().convert(call.output().dtype()).segment();
  }

  private Step addend(Buffers buffers) {
    if (!hasAddend()) {
      return () -> {};
    }
    MemorySegment c = buffers.input(2);
    if (op.beta() == 1) {
      return add(c, 2, buffers.output());
    }
    MemorySegment scaled = buffers.scratch().asSlice(leftBytes + rightBytes, addendBytes());
    MemorySegment beta = scalar(op.beta());
    long n = Sizes.product(call.sizes(2));
    Step add = add(scaled, 2, buffers.output());
    return () -> {
      kernels.binary(BinaryFunction.MUL, c, 0, 1, beta, 0, 0, scaled, 0, n);
      add.run();
    };
  }

  /** The tail, applied to Y. */
  private Step finish(Buffers buffers) {
    Tail tail = call.tail();
    MemorySegment y = buffers.output();
    long n = Sizes.product(call.outputSizes());
    Step bias = add(tail.bias(), buffers);
    Step residual = add(tail.residual(), buffers);
    return () -> {
      bias.run();
      residual.run();
      if (tail.activation().isPresent()) {
        kernels.unary(tail.activation().get(), y, y, n);
      }
    };
  }

  private Step add(OptionalInt input, Buffers buffers) {
    return input.isEmpty()
        ? () -> {}
        : add(buffers.input(input.getAsInt()), input.getAsInt(), buffers.output());
  }

  private Step add(MemorySegment addend, int input, MemorySegment y) {
    long[] output = call.outputSizes();
    LoopNest nest = LoopNest.broadcast(output, output, call.sizes(input));
    LoopNest.Run run =
        (yAt, yStep, at, step, to, n) ->
            kernels.binary(
                BinaryFunction.ADD, y, yAt, (int) yStep, addend, at, (int) step, y, to, n);
    return () -> nest.forEach(run);
  }
}
