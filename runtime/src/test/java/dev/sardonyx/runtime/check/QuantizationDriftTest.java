package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.bench.Agreement;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.diagnose.QuantizationDrift;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.quantize.StaticQuantization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What roundings may do to a quantised graph passes, and what is wrong with one does not. */
class QuantizationDriftTest {
  private static final int BLOCKS = 6;
  private static final int CHANNELS = 16;

  private static final Engine PLAIN = new NativeEngine(Kernels.scalar(), Compiler.none());
  private static final Graph GRAPH = quantized();

  /** The native engine on a graph that is not quite the one that is asked for. */
  private record Other(UnaryOperator<Graph> change) implements EngineForTests {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      return PLAIN.open(change.apply(graph), options);
    }
  }

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

  /** Blocks of convolutions with shortcuts, an average, and products for many classes. */
  private static Graph quantized() {
    var net = new Graphs();
    Value x = net.input("x", "2", "16", "10", "11");
    Value sum = x;
    var window = Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));
    for (int i = 0; i < BLOCKS; i++) {
      Value w = net.constant("w" + i, random(i, 0.1, CHANNELS, CHANNELS, 3, 3));
      Value bias = net.constant("b" + i, random(50 + i, 0.1, CHANNELS));
      Value relu = net.add(new UnaryOp.Relu(), net.add(new Conv(window, 1), sum, w, bias));
      sum = net.add(new BinaryOp.Add(), sum, relu);
    }
    Value flat = net.add(new Flatten(1), net.add(new PoolOp.GlobalAveragePool(), sum));
    Value last = net.constant("last", random(90, 0.2, 400, CHANNELS));
    Value bias = net.constant("last_bias", random(91, 0.3, 400));
    Value classes = net.add(new Gemm(1, 1, false, true), flat, last, bias);
    Graph floats = net.outputs(sum, classes);
    List<Value> all = new ArrayList<>();
    floats.nodes().forEach(node -> all.addAll(node.outputs()));
    try (Session session = PLAIN.open(floats.withOutputs(all), SessionOptions.defaults())) {
      Map<String, Data> values = new HashMap<>(session.runData(inputs()));
      values.putAll(inputs());
      return StaticQuantization.of(floats, values);
    }
  }

  private static Map<String, Data> inputs() {
    return Map.of("x", random(99, 1, 2, CHANNELS, 10, 11));
  }

  private static CheckReport check(Engine engine) {
    return CrossCheck.of(GRAPH)
        .engines(List.of(engine, PLAIN))
        .inputs(inputs())
        .timing(Duration.ZERO)
        .run();
  }

  /** What bench does: outputs alone. */
  private static void agree(Engine engine) {
    var outputs = new LinkedHashMap<Contender, Map<String, Data>>();
    outputs.put(new Contender("other", "-"), run(engine));
    outputs.put(new Contender("plain", "-"), run(PLAIN));
    var drift = QuantizationDrift.ofOutputs(PLAIN, GRAPH, inputs());
    Agreement.require(
        outputs, _ -> false, (name, type) -> drift.widened(name, Tolerance.ofModel(type)));
  }

  private static Map<String, Data> run(Engine engine) {
    try (Session session = engine.open(GRAPH, SessionOptions.defaults())) {
      return new HashMap<>(session.runData(inputs()));
    }
  }

  private static Graph with(Graph graph, String name, DenseTensor constant) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    assertThat(constants.replace(name, constant)).isNotNull();
    return graph.withInitializers(constants);
  }

  private static DenseTensor constant(Graph graph, String name) {
    return Objects.requireNonNull(graph.initializers().get(name), name);
  }

  /** Floats a little beside what they were before each convolution's numbers are rounded. */
  private static Graph rounded(Graph graph) {
    Graph result = graph;
    for (Node node : GRAPH.nodes()) {
      if (node.op() instanceof DequantizeLinear) {
        String name = node.inputs().get(1).name();
        DenseTensor scale = constant(GRAPH, name);
        float[] values = scale.floats();
        if (values.length > 1) {
          for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + 1e-5f * (i % 3 - 1);
          }
          result = with(result, name, Tensor.of(values, values.length).dense());
        }
      }
    }
    return result;
  }

  @Test
  void enginesWhoseFloatsDifferInTheirLastBitsAgreeThoughNumbersDoNot() {
    Engine other = new Other(graph -> hasWeights(graph) ? rounded(graph) : graph);
    assertThat(different(run(other))).isBetween(1, 1000);
    agree(other);
    assertThat(check(other).passed()).as("%s", check(other)).isTrue();
    assertThatThrownBy(
            () ->
                Agreement.require(
                    new LinkedHashMap<>(
                        Map.of(
                            new Contender("a", "-"), run(other),
                            new Contender("b", "-"), run(PLAIN))),
                    _ -> false,
                    (_, type) -> Tolerance.ofModel(type)))
        .as("without what is measured they do not")
        .hasMessageContaining("differ");
  }

  @Test
  void kernelsInIntegersAgreeWithFloats() {
    agree(new NativeEngine());
  }

  private static boolean hasWeights(Graph graph) {
    return graph.initializers().keySet().containsAll(GRAPH.initializers().keySet());
  }

  /** Elements that are not what they should be. */
  private static int different(Map<String, Data> found) {
    int different = 0;
    for (Map.Entry<String, Data> expected : run(PLAIN).entrySet()) {
      float[] right = ((Tensor) expected.getValue()).floats();
      float[] left = ((Tensor) Graphs.named(found, expected.getKey())).floats();
      for (int i = 0; i < right.length; i++) {
        different += left[i] == right[i] ? 0 : 1;
      }
    }
    return different;
  }

  /** An engine with a wrong input of a node, in whatever graph that is. */
  private static Engine faulty(Node node, int index, UnaryOperator<DenseTensor> fault) {
    String name = node.inputs().get(index).name();
    return new Other(
        graph -> {
          List<Node> nodes = new ArrayList<>();
          boolean there = false;
          for (Node one : graph.nodes()) {
            boolean wrong = one.outputs().equals(node.outputs());
            there |= wrong;
            List<Value> inputs = new ArrayList<>(one.inputs());
            if (wrong) {
              inputs.set(index, new Value("wrong", inputs.get(index).type()));
            }
            nodes.add(new Node(one.name(), one.op(), inputs, one.outputs(), one.origin()));
          }
          Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
          if (there) {
            constants.put("wrong", fault.apply(constant(graph, name)));
          }
          return graph.withInitializers(constants).withNodes(nodes);
        });
  }

  private static void fails(Node node, int index, UnaryOperator<DenseTensor> fault) {
    Engine faulty = faulty(node, index, fault);
    assertThatThrownBy(() -> agree(faulty)).as(node.name()).hasMessageContaining("differ");
    if (node.equals(nodes(node.op().getClass()).getLast())) { // one will do: all nodes are compared
      assertThat(check(faulty).passed()).as(node.name()).isFalse();
    }
  }

  private static List<Node> nodes(Class<? extends Op> op) {
    return GRAPH.nodes().stream().filter(node -> op.isInstance(node.op())).toList();
  }

  @Test
  void aWrongZeroPointFailsWhereverItIs() {
    for (Node node : nodes(QuantizeLinear.class)) {
      fails(
          node,
          2,
          zero -> {
            int more = (int) zero.doubleAt(0) < 255 ? 1 : -1;
            return Tensor.scalar((float) zero.doubleAt(0) + more).dense().convert(DType.UINT8);
          });
    }
  }

  @Test
  void aWrongScaleFailsWhereverItIs() {
    for (Node node : nodes(QuantizeLinear.class)) {
      fails(node, 1, scale -> Tensor.scalar(scale.floatAt(0) * 1.05f).dense());
    }
  }

  @Test
  void oneWrongChannelFailsWhereverItIs() {
    List<Node> ofWeights =
        nodes(DequantizeLinear.class).stream()
            .filter(node -> node.inputs().getFirst().tensorType().dtype() == DType.INT8)
            .toList();
    assertThat(ofWeights).hasSize(BLOCKS + 1);
    for (Node node : ofWeights) {
      fails(
          node,
          1,
          scale -> {
            float[] scales = scale.floats();
            scales[5] *= 3;
            return Tensor.of(scales, scales.length).dense();
          });
    }
  }
}
