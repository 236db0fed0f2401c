package dev.sardonyx.runtime.compiler;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A convolution or Gemm with constant float32 weights that nothing but the node at hand reads, so
 * that what is done to each of its channels can be done to its weights.
 *
 * @param channels the number of output channels, or of columns
 * @param run weights of one channel that lie side by side
 * @param channelOf the channel that a run of the weights belongs to
 */
record ScaledProduct(
    Node node,
    DenseTensor weights,
    Optional<DenseTensor> bias,
    int channels,
    int run,
    IntUnaryOperator channelOf) {
  /** Weights that are scaled at a time. */
  private static final int SOME = 4096;

  /** The product that makes a value. */
  static Optional<ScaledProduct> of(Value value, Rewriting graph) {
    return graph
        .inner(value, Op.class)
        .filter(node -> node.inputs().size() >= 2)
        .flatMap(node -> of(node, graph));
  }

  private static Optional<ScaledProduct> of(Node node, Rewriting graph) {
    Optional<DenseTensor> constant = floats(node.inputs().get(1), graph);
    boolean hasBias = node.inputs().size() > 2 && node.inputs().get(2).isPresent();
    Optional<DenseTensor> bias = hasBias ? floats(node.inputs().get(2), graph) : Optional.empty();
    if (constant.isEmpty() || bias.isPresent() != hasBias || !isIndexed(constant.get())) {
      return Optional.empty();
    }
    DenseTensor weights = constant.get();
    int[] sizes =
        weights.shape().dims().stream().mapToInt(d -> Math.toIntExact(d.fixed())).toArray();
    Optional<ScaledProduct> product =
        switch (node.op()) {
          case Conv _ when sizes.length > 1 -> {
            int each = Math.toIntExact(weights.elements() / sizes[0]);
            yield Optional.of(new ScaledProduct(node, weights, bias, sizes[0], each, i -> i));
          }
          case ConvTranspose op when sizes.length > 1 && sizes[0] % op.group() == 0 -> {
            int each = Math.toIntExact(weights.elements() / sizes[0] / sizes[1]);
            int inputs = sizes[0] / op.group();
            int outputs = sizes[1];
            yield Optional.of(
                new ScaledProduct(
                    node,
                    weights,
                    bias,
                    outputs * op.group(),
                    each,
                    i -> i / outputs / inputs * outputs + i % outputs));
          }
          case Gemm op when sizes.length == 2 -> {
            int columns = sizes[op.transB() ? 0 : 1];
            int rows = sizes[op.transB() ? 1 : 0];
            int run = op.transB() ? rows : 1;
            yield Optional.of(
                new ScaledProduct(node, weights, bias, columns, run, i -> i % columns));
          }
          default -> Optional.empty();
        };
    return product.filter(ScaledProduct::hasBiasPerChannel);
  }

  private static boolean isIndexed(DenseTensor weights) {
    return weights.elements() > 0 && weights.elements() <= Integer.MAX_VALUE;
  }

  private static Optional<DenseTensor> floats(Value value, Rewriting graph) {
    return graph.constant(value).filter(tensor -> tensor.dtype() == DType.FLOAT32);
  }

  private boolean hasBiasPerChannel() {
    return bias.isEmpty()
        || bias.get().elements() == channels
            && bias.get().rank() > 0
            && bias.get().shape().dim(-1).fixed() == channels;
  }

  /** The product with all channels scaled, added for the end of a pattern. */
  Value scaled(ChannelScale scale, Rewriting graph) {
    String name = node.inputs().get(1).name();
    Value changed =
        scale.isShift() ? node.inputs().get(1) : graph.constant(name, multiplied(scale));
    double share = node.op() instanceof Gemm gemm ? gemm.beta() : 1;
    Value shifted = graph.constant(name + ".bias", scale.bias(bias, share));
    Op op =
        node.op() instanceof Gemm gemm
            ? new Gemm(gemm.alpha(), 1, gemm.transA(), gemm.transB())
            : node.op();
    return graph.add(node, op, List.of(node.inputs().getFirst(), changed, shifted));
  }

  private static void multiply(float[] values, int from, int to, double factor) {
    for (int i = from; i < to; i++) {
      values[i] = (float) (values[i] * factor);
    }
  }

  private DenseTensor multiplied(ChannelScale scale) {
    MemorySegment scaled = DenseTensor.allocate(DType.FLOAT32, weights.shape());
    int n = (int) weights.elements();
    var some = new float[Math.min(n, SOME)]; // arrays are fast before they are compiled
    for (int from = 0; from < n; from += some.length) {
      int count = Math.min(some.length, n - from);
      long at = (long) from * Float.BYTES;
      MemorySegment.copy(weights.segment(), JAVA_FLOAT_UNALIGNED, at, some, 0, count);
      for (int i = 0; i < count; ) {
        int index = (from + i) / run;
        int end = (int) Math.min(count, (index + 1L) * run - from);
        multiply(some, i, end, scale.factor(channelOf.applyAsInt(index)));
        i = end;
      }
      MemorySegment.copy(some, 0, scaled, JAVA_FLOAT_UNALIGNED, at, count);
    }
    return DenseTensor.view(DType.FLOAT32, weights.shape(), scaled);
  }
}
