package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Numbers of 8 bits with their scales, which are constant float32, and zero points.
 *
 * @param given the zero points, where they are said
 * @param numbers nothing of meaning where the numbers are still to be made
 */
record Quantized(
    Value numbers, Value scale, Optional<Value> given, DenseTensor scales, DenseTensor zeros) {
  /** Beyond this a bias of 32 bits could overflow with what is added to it. */
  private static final double LARGEST_BIAS = 1 << 30;

  /** What a node makes whose numbers share one scale. */
  static Optional<Quantized> result(Node node, Rewriting graph) {
    if (!(node.op() instanceof QuantizeLinear op)
        || !(node.output().type() instanceof TensorType type)
        || !Terms.isFloat32(node.inputs().getFirst().type())
        || op.divisionDtype().orElse(DType.FLOAT32) != DType.FLOAT32) {
      return Optional.empty();
    }
    return parts(node, node.output(), type.dtype(), graph)
        .filter(found -> isSingle(op.granularity(), found));
  }

  /** What a value was before it became floats, with one scale for all. */
  static Optional<Quantized> of(Value value, Rewriting graph) {
    return dequantized(value, graph)
        .filter(
            found ->
                graph
                    .maker(value, DequantizeLinear.class)
                    .filter(node -> isSingle(((DequantizeLinear) node.op()).granularity(), found))
                    .isPresent());
  }

  /** Constant weights that are even about zero, with one scale or those of an axis. */
  static Optional<Quantized> weights(Value value, int axis, Rewriting graph) {
    Optional<Node> maker = graph.maker(value, DequantizeLinear.class);
    return dequantized(value, graph)
        .filter(found -> graph.constant(found.numbers()).isPresent() && found.isEven())
        .filter(
            found -> {
              Granularity granularity = ((DequantizeLinear) maker.orElseThrow().op()).granularity();
              int rank = found.numbers().tensorType().rank();
              return isSingle(granularity, found)
                  || granularity.blockSize() == 0
                      && Math.floorMod(granularity.axis(), rank) == axis;
            });
  }

  private static Optional<Quantized> dequantized(Value value, Rewriting graph) {
    return graph
        .maker(value, DequantizeLinear.class)
        .filter(_ -> Terms.isFloat32(value.type()))
        .filter(node -> node.inputs().getFirst().type() instanceof TensorType)
        .flatMap(
            node -> {
              Value numbers = node.inputs().getFirst();
              return parts(node, numbers, numbers.tensorType().dtype(), graph);
            });
  }

  private static Optional<Quantized> parts(Node node, Value numbers, DType type, Rewriting graph) {
    Value scale = node.inputs().get(1);
    Optional<DenseTensor> scales =
        graph.constant(scale).filter(tensor -> tensor.dtype() == DType.FLOAT32);
    boolean given = node.inputs().size() > 2 && node.inputs().get(2).isPresent();
    boolean bytes = type == DType.INT8 || type == DType.UINT8;
    if (!bytes || scales.isEmpty()) {
      return Optional.empty();
    }
    if (given) {
      Value zero = node.inputs().get(2);
      return graph
          .constant(zero)
          .map(zeros -> new Quantized(numbers, scale, Optional.of(zero), scales.get(), zeros));
    }
    DenseTensor none = Tensor.zeros(scales.get().shape().sizes()).dense().convert(type);
    return Optional.of(new Quantized(numbers, scale, Optional.empty(), scales.get(), none));
  }

  /** The zero points, for a pattern that is there. */
  Value zero(Rewriting graph) {
    return given.orElseGet(() -> graph.constant(scale.name() + ".zero", zeros));
  }

  private static boolean isSingle(Granularity granularity, Quantized found) {
    return granularity.isSingle(found.scales().shape());
  }

  /** Whether as many numbers lie below the zero points as above. */
  private boolean isEven() {
    long middle = (least() + largest() + 1) / 2;
    return LongStream.range(0, zeros.elements()).allMatch(i -> zeroAt(i) == middle);
  }

  private long zeroAt(long i) {
    return new Elements(zeros.dtype()).integer(zeros.segment(), zeros.elements() == 1 ? 0 : i);
  }

  float scaleAt(long i) {
    return scales.floatAt(scales.elements() == 1 ? 0 : i);
  }

  /** The number of 8 bits, or one beyond them, that a float becomes. */
  double number(double value) {
    return Math.rint(value / scaleAt(0)) + zeroAt(0);
  }

  long least() {
    return new Elements(zeros.dtype()).least();
  }

  long largest() {
    return new Elements(zeros.dtype()).largest();
  }

  /** Whether other numbers stand for the same floats. */
  boolean isLike(Quantized other) {
    return zeros.dtype() == other.zeros().dtype()
        && zeros.elements() == 1
        && other.zeros().elements() == 1
        && scaleAt(0) == other.scaleAt(0)
        && zeroAt(0) == other.zeroAt(0);
  }

  /** A bias in units of products of two numbers, int32; empty where it is none. */
  static Optional<DenseTensor> bias(Value bias, Quantized x, Quantized w, Rewriting graph) {
    Optional<Node> maker = graph.maker(bias, DequantizeLinear.class);
    Optional<DenseTensor> numbers =
        graph.constant(maker.map(node -> node.inputs().getFirst()).orElse(bias));
    Optional<DenseTensor> scales = maker.map(node -> node.inputs().get(1)).flatMap(graph::constant);
    boolean plain = maker.filter(node -> node.inputs().size() > 2).isEmpty();
    boolean scaled = maker.isPresent() == scales.isPresent();
    if (numbers.isEmpty() || !plain || !scaled || numbers.get().rank() != 1) {
      return Optional.empty();
    }
    var elements = new Elements(numbers.get().dtype());
    int[] result = new int[Math.toIntExact(numbers.get().elements())];
    for (int i = 0; i < result.length; i++) {
      float unit = x.scaleAt(0) * w.scaleAt(i);
      double value = elements.number(numbers.get().segment(), i);
      if (scales.isPresent()) {
        float own = scales.get().floatAt(scales.get().elements() == 1 ? 0 : i);
        value = own == unit ? value : value * own / unit;
      } else {
        value /= unit;
      }
      if (!(Math.abs(value) <= LARGEST_BIAS)) {
        return Optional.empty();
      }
      result[i] = (int) Math.rint(value);
    }
    return Optional.of(Tensor.of(result, result.length).dense());
  }
}
