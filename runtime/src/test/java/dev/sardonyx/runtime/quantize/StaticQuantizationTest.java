package dev.sardonyx.runtime.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A quantised graph is near the one in floats, and compiled it is the same but for ties. */
class StaticQuantizationTest {
  private final Graphs net = new Graphs();
  private int constants;

  private static Tensor random(int seed, double size, long... sizes) {
    var random = new Random(seed);
    int n = 1;
    for (long one : sizes) {
      n *= (int) one;
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * size);
    }
    return Tensor.of(values, sizes);
  }

  private Value weights(double size, long... sizes) {
    constants++;
    return net.constant("w" + constants, random(constants, size, sizes));
  }

  private static Window window(int kernel, int stride, int pad) {
    return Window.of(
        List.of(kernel, kernel), List.of(stride, stride), List.of(1, 1), List.of(pad, pad));
  }

  private Value convolution(Value x, int channels, int out, int kernel, int stride) {
    Value w = weights(1 / Math.sqrt(channels * kernel * kernel), out, channels, kernel, kernel);
    var op = new Conv(window(kernel, stride, kernel / 2), 1);
    return net.add(op, x, w, weights(0.3, out));
  }

  /** A small ResNet: a stem, a pool, a block with a shortcut, and a classifier. */
  private Graph network() {
    Value x = net.input("x", "2", "3", "20", "22");
    Value stem = net.add(new UnaryOp.Relu(), convolution(x, 3, 24, 5, 2));
    Value pool = net.add(new PoolOp.MaxPool(window(3, 2, 1)), stem);
    Value first =
        net.add(
            new Clip(),
            convolution(pool, 24, 40, 3, 1),
            net.constant("zero", Tensor.scalar(0f)),
            net.constant("large", Tensor.scalar(1e6f)));
    Value second = convolution(first, 40, 40, 3, 1);
    Value shortcut = convolution(pool, 24, 40, 1, 1);
    Value sum = net.add(new UnaryOp.Relu(), net.add(new BinaryOp.Add(), second, shortcut));
    Value flat = net.add(new Flatten(1), net.add(new PoolOp.GlobalAveragePool(), sum));
    Value y = net.add(new Gemm(1, 1, false, true), flat, weights(0.2, 37, 40), weights(0.3, 37));
    return net.outputs(y);
  }

  private static Map<String, Data> inputs() {
    return Map.of("x", random(99, 1, 2, 3, 20, 22));
  }

  private static Map<String, Data> run(NativeEngine engine, Graph graph) {
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      return new HashMap<>(session.runData(inputs()));
    }
  }

  private Graph quantized(Graph graph) {
    List<Value> all = new ArrayList<>();
    graph.nodes().forEach(node -> all.addAll(node.outputs()));
    Map<String, Data> values =
        run(new NativeEngine(Kernels.scalar(), Compiler.none()), graph.withOutputs(all));
    values.putAll(inputs());
    return StaticQuantization.of(graph, values);
  }

  private static float[] result(NativeEngine engine, Graph graph) {
    return ((Tensor) run(engine, graph).values().iterator().next()).floats();
  }

  @Test
  void aQuantizedNetworkIsNearTheOneInFloats() {
    Graph graph = network();
    float[] expected = result(new NativeEngine(), graph);
    float[] found = result(new NativeEngine(), quantized(graph));
    assertThat(found).containsExactly(expected, Offset.offset(0.15f));
  }

  /** A step of the output's scale where a sum falls in the middle between two numbers. */
  @Test
  void passesAndKernelsInIntegersChangeNoMoreThanTies() {
    Graph graph = quantized(network());
    float[] expected = result(new NativeEngine(Kernels.scalar(), Compiler.none()), graph);
    for (NativeEngine engine : List.of(new NativeEngine(), new NativeEngine(Kernels.scalar()))) {
      assertThat(result(engine, graph)).containsExactly(expected, Offset.offset(0.06f));
    }
  }

  @Test
  void nothingOfTheNetworkButItsEndsStaysInFloats() {
    Graph compiled = Compiler.standard(new NativeEvaluator(), true).compile(quantized(network()));
    List<String> operators = compiled.nodes().stream().map(Node::op).map(op -> op.name()).toList();
    assertThat(operators)
        .doesNotContain("Conv", "Gemm", "Relu", "Clip")
        .filteredOn("QLinearConv"::equals)
        .hasSize(5);
    // Of the sum, its average and the result; and the pool's here, for it could tell places too.
    assertThat(operators).as("%s", compiled).filteredOn("DequantizeLinear"::equals).hasSize(5);
  }

  private static List<String> compiled(Graph graph, boolean integers) {
    Graph compiled = Compiler.standard(new NativeEvaluator(), integers).compile(graph);
    return compiled.nodes().stream().map(node -> node.op().name()).toList();
  }

  @Test
  void whatIntegersDoNotHaveStaysInFloats() {
    Value x = net.input("x", "2", "3", "20", "22");
    Value plain = convolution(x, 3, 8, 3, 1);
    Value grouped = net.add(new Conv(window(3, 1, 1), 2), plain, weights(0.2, 6, 4, 3, 3));
    Graph graph = quantized(net.outputs(grouped));
    assertThat(compiled(graph, true)).containsOnlyOnce("QLinearConv").containsOnlyOnce("Conv");
    assertThat(compiled(graph, false)).doesNotContain("QLinearConv").contains("Conv");
  }
}
