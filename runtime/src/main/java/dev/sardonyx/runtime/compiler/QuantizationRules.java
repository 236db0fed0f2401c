package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.IntegerProductOp.QLinearConv;
import dev.sardonyx.api.op.IntegerProductOp.QLinearMatMul;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operators between DequantizeLinear and QuantizeLinear, as static quantisation writes them: those
 * that products of quantised numbers have, and those that only move such numbers. Results may
 * differ by one step where sums fall in the middle between two.
 */
final class QuantizationRules {
  private QuantizationRules() {}

  /** The pass that finds them; before constants are folded, which would hide quantised weights. */
  static Pass pass() {
    return new RulePass(
        "fuse-quantized",
        QuantizationRules::saturated,
        QuantizationRules::moved,
        QuantizationRules::convolution,
        QuantizationRules::product,
        QuantizationRules::linear);
  }

  /** A Relu or Clip whose bounds are not within those of the numbers. */
  private static Optional<Value> saturated(Node node, Rewriting graph) {
    return Quantized.result(node, graph)
        .flatMap(
            y ->
                graph
                    .inner(node.inputs().getFirst(), Op.class)
                    .filter(bound -> isNoBound(bound, y, graph))
                    .map(
                        bound -> {
                          List<Value> inputs = new ArrayList<>(node.inputs());
                          inputs.set(0, bound.inputs().getFirst());
                          return graph.add(node, node.op(), inputs);
                        }));
  }

  private static boolean isNoBound(Node bound, Quantized y, Rewriting graph) {
    return switch (bound.op()) {
      case UnaryOp.Relu _ -> y.number(0) <= y.least();
      case Clip _ ->
          number(bound, 1, graph).filter(low -> y.number(low) <= y.least()).isPresent()
              && number(bound, 2, graph).filter(high -> y.number(high) >= y.largest()).isPresent();
      default -> false;
    };
  }

  private static Optional<Double> number(Node node, int index, Rewriting graph) {
    if (node.inputs().size() <= index || !node.inputs().get(index).isPresent()) {
      return Optional.of(index == 1 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return graph
        .constant(node.inputs().get(index))
        .filter(tensor -> tensor.elements() == 1)
        .map(tensor -> tensor.doubleAt(0));
  }

  /** What moves or picks numbers between two equal scales moves those of 8 bits. */
  private static Optional<Value> moved(Node node, Rewriting graph) {
    Optional<Quantized> y = Quantized.result(node, graph);
    if (y.isEmpty()) {
      return Optional.empty();
    }
    Value between = node.inputs().getFirst();
    Optional<Quantized> same = Quantized.of(between, graph).filter(y.get()::isLike);
    if (same.isPresent()) {
      return Optional.of(same.get().numbers());
    }
    return graph
        .inner(between, Op.class)
        .filter(QuantizationRules::moves)
        .flatMap(
            mover ->
                Quantized.of(mover.inputs().getFirst(), graph)
                    .filter(y.get()::isLike)
                    .map(
                        x -> {
                          List<Value> inputs = new ArrayList<>(mover.inputs());
                          inputs.set(0, x.numbers());
                          return graph.add(node, mover.op(), inputs);
                        }));
  }

  private static boolean moves(Node node) {
    return switch (node.op()) {
      case Reshape _, Flatten _, AxesOp _, Transpose _ -> true;
      case PoolOp.MaxPool _ -> node.outputs().size() == 1;
      default -> false;
    };
  }

  private static Optional<Value> convolution(Node node, Rewriting graph) {
    Optional<Quantized> y = Quantized.result(node, graph);
    Optional<Node> conv = y.flatMap(_ -> graph.inner(node.inputs().getFirst(), Conv.class));
    if (conv.isEmpty()) {
      return Optional.empty();
    }
    Conv op = (Conv) conv.get().op();
    if (!isSummedInIntegers(op)) {
      return Optional.empty();
    }
    List<Value> given = conv.get().inputs();
    Optional<Value> bias = given.size() > 2 ? Optional.of(given.get(2)) : Optional.empty();
    return Quantized.of(given.get(0), graph)
        .flatMap(
            x ->
                Quantized.weights(given.get(1), 0, graph)
                    .flatMap(
                        w ->
                            inputs(node, x, w, y.get(), bias.filter(Value::isPresent), graph)
                                .map(
                                    all ->
                                        graph.add(
                                            node, new QLinearConv(op.window(), op.group()), all))));
  }

  /** Whether there are integer kernels for a convolution; in floats the others are faster. */
  private static boolean isSummedInIntegers(Conv op) {
    Window window = op.window();
    return op.group() == 1
        && window.rank() <= 2
        && (window.dilations().getLast() == 1 || window.kernel().getLast() == 1);
  }

  /** The inputs of a QLinearConv; empty where the bias is none that it takes. */
  private static Optional<List<Value>> inputs(
      Node node, Quantized x, Quantized w, Quantized y, Optional<Value> bias, Rewriting graph) {
    Optional<DenseTensor> numbers = bias.flatMap(value -> Quantized.bias(value, x, w, graph));
    if (bias.isPresent() && numbers.isEmpty()) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(scaled(x, w, y, graph));
    numbers.ifPresent(found -> inputs.add(graph.constant(node.output().name() + ".bias", found)));
    return Optional.of(inputs);
  }

  /** The inputs that all products of quantised numbers begin with. */
  private static List<Value> scaled(Quantized x, Quantized w, Quantized y, Rewriting graph) {
    return List.of(
        x.numbers(),
        x.scale(),
        x.zero(graph),
        w.numbers(),
        w.scale(),
        w.zero(graph),
        y.scale(),
        y.zero(graph));
  }

  private static Optional<Value> product(Node node, Rewriting graph) {
    Optional<Quantized> y = Quantized.result(node, graph);
    return y.flatMap(_ -> graph.inner(node.inputs().getFirst(), MatMul.class))
        .flatMap(
            product ->
                Quantized.of(product.inputs().get(0), graph)
                    .flatMap(
                        a ->
                            Quantized.weights(product.inputs().get(1), 1, graph)
                                .filter(b -> b.numbers().tensorType().rank() == 2)
                                .map(
                                    b ->
                                        graph.add(
                                            node,
                                            new QLinearMatMul(),
                                            scaled(a, b, y.get(), graph)))));
  }

  /** A product with a bias is a convolution of rows with pictures of one pixel. */
  private static Optional<Value> linear(Node node, Rewriting graph) {
    Optional<Quantized> y = Quantized.result(node, graph);
    Optional<Node> gemm =
        y.flatMap(_ -> graph.inner(node.inputs().getFirst(), Gemm.class))
            .filter(found -> isLinear((Gemm) found.op()) && found.inputs().size() == 3);
    if (gemm.isEmpty() || !(node.output().type() instanceof TensorType type)) {
      return Optional.empty();
    }
    List<Value> given = gemm.get().inputs();
    return Quantized.of(given.get(0), graph)
        .flatMap(
            x ->
                Quantized.weights(given.get(1), 0, graph)
                    .flatMap(w -> linear(node, x, w, y.get(), given.get(2), type, graph)));
  }

  private static boolean isLinear(Gemm op) {
    return op.alpha() == 1 && op.beta() == 1 && !op.transA() && op.transB();
  }

  private static Optional<Value> linear(
      Node node,
      Quantized x,
      Quantized w,
      Quantized y,
      Value bias,
      TensorType type,
      Rewriting graph) {
    DenseTensor weights = graph.constant(w.numbers()).orElseThrow();
    long n = weights.shape().sizes()[0];
    long k = weights.shape().sizes()[1];
    Optional<DenseTensor> numbers = Quantized.bias(bias, x, w, graph);
    if (numbers.isEmpty() || !type.shape().isKnown() || type.rank() != 2) {
      return Optional.empty();
    }
    long rows = type.dim(0) instanceof Dim.Fixed(long size) ? size : -1;
    String name = node.output().name();
    Value pictures =
        graph.add(
            node, new Reshape(false), x.numbers(), shape(name + ".pictures", graph, rows, k, 1, 1));
    Value kernel =
        graph.constant(
            name + ".weights",
            DenseTensor.view(weights.dtype(), Shape.of(n, k, 1, 1), weights.segment()));
    Window one = Window.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    Value product =
        graph.add(
            node,
            new QLinearConv(one, 1),
            pictures,
            x.scale(),
            x.zero(graph),
            kernel,
            w.scale(),
            w.zero(graph),
            y.scale(),
            y.zero(graph),
            graph.constant(name + ".bias", numbers.get()));
    return Optional.of(
        graph.add(node, new Reshape(false), product, shape(name + ".rows", graph, rows, n)));
  }

  private static Value shape(String name, Rewriting graph, long... sizes) {
    return graph.constant(name, Tensor.of(sizes, sizes.length).dense());
  }
}
