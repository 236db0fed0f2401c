package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.Team;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseChainsTest {
  private static final int[] SIZES = {3, 70, 501};

  private static List<Kernels> kernels() {
    return List.of(
        Kernels.scalar(),
        KernelSelection.portable().kernels(),
        KernelSelection.fastest().kernels());
  }

  private static Plan plan(Graph graph, Kernels kernels, int members) {
    return Plan.of(
        GraphInference.infer(graph),
        kernels,
        Weights.none(),
        members,
        LoopCache.create(),
        Choices.standard());
  }

  private static Map<String, Tensor> run(Graph graph, Kernels kernels, int threads, Tensor... x) {
    Plan plan = plan(graph, kernels, threads);
    try (var team = new Team(threads);
        Workspace workspace = plan.open(new MemoryBudget(Long.MAX_VALUE), team)) {
      workspace.run(List.of(x)); // the second run must not see what the first one left
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      workspace.run(List.of(x)).forEach((name, output) -> outputs.put(name, (Tensor) output));
      return outputs;
    }
  }

  private static Tensor random(Random random, int... sizes) {
    int n = 1;
    long[] dims = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      n *= sizes[i];
      dims[i] = sizes[i];
    }
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(50) == 0 ? -0f : random.nextFloat() * 4 - 2;
    }
    return Tensor.of(values, dims);
  }

  private static long steps(Graph graph) {
    return plan(graph, Kernels.scalar(), 1).stepCount();
  }

  @Test
  void aChainIsOneStepAsFarAsNobodyElseUsesItsValues() {
    var net = new Graphs();
    var x = net.input("x", "4", "600");
    var half = net.constant("half", Tensor.of(new float[] {0.5f}));
    var a = net.add(new BinaryOp.Mul(), x, half);
    var b = net.add(new UnaryOp.Tanh(), a);
    var c = net.add(new BinaryOp.Add(), b, a);
    var d = net.add(new UnaryOp.Relu(), c);
    assertThat(steps(net.outputs(d))).isEqualTo(1);
    assertThat(steps(net.outputs(c, d))).isEqualTo(2);
    assertThat(steps(net.outputs(a, b, c, d))).isEqualTo(4);
  }

  @Test
  void shortTensorsAndOperandsThatRepeatInTwoPlacesStayAlone() {
    var net = new Graphs();
    var x = net.input("x", "1023");
    var y = net.add(new UnaryOp.Abs(), net.add(new UnaryOp.Relu(), x));
    assertThat(steps(net.outputs(y))).isEqualTo(2);
    net = new Graphs();
    x = net.input("x", "10", "20", "30");
    var c = net.constant("c", Tensor.ones(10, 1, 30));
    y = net.add(new UnaryOp.Abs(), net.add(new BinaryOp.Add(), x, c));
    assertThat(steps(net.outputs(y))).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aChainHasTheBitsOfItsNodesOneByOneForAnyNumberOfThreads(Kernels kernels) {
    for (int seed = 0; seed < 120; seed++) {
      var random = new Random(seed);
      var net = new Graphs();
      List<Value> values = chain(net, random);
      var inputs = new Tensor[] {random(random, SIZES), random(random, SIZES)};
      Graph all = net.outputs(values.toArray(Value[]::new));
      Value y = values.getLast();
      int[] expected = bits(Graphs.named(run(all, kernels, 1, inputs), y.name()));
      for (int threads = 1; threads <= 3; threads++) {
        Graph graph = all.withOutputs(List.of(y));
        assertThat(bits(Graphs.named(run(graph, kernels, threads, inputs), y.name())))
            .as("%d threads on %s", threads, graph)
            .isEqualTo(expected);
      }
    }
  }

  private static int[] bits(Tensor tensor) {
    float[] values = tensor.floats();
    var bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]); // all NaN count as one
    }
    return bits;
  }

  /** The values of a graph that is one chain or a few. */
  private static List<Value> chain(Graphs net, Random random) {
    List<Value> full = new ArrayList<>();
    full.add(net.input("x", "3", "70", "501"));
    full.add(net.input("z", "3", "70", "501"));
    List<Value> small =
        List.of(
            net.constant("one", random(random, 1)),
            net.constant("scalar", random(random)),
            net.constant("rows", random(random, 70, 1)),
            net.constant("columns", random(random, 501)),
            net.constant("tail", random(random, 70, 501)),
            net.constant("batches", random(random, 3, 1, 1)),
            net.constant("apart", random(random, 3, 1, 501)));
    var two = net.constant("two", Tensor.of(new float[] {2}));
    var low = net.constant("low", Tensor.scalar(-0.5f));
    int length = 2 + random.nextInt(10);
    for (int i = 0; i < length; i++) {
      Value last = full.getLast();
      Value other =
          random.nextInt(3) == 0
              ? full.get(random.nextInt(full.size()))
              : small.get(random.nextInt(small.size()));
      boolean swapped = random.nextInt(4) == 0;
      full.add(
          switch (random.nextInt(12)) {
            case 0 -> net.add(new UnaryOp.Sigmoid(), last);
            case 1 -> net.add(new ActivationOp.HardSwish(), last);
            case 2 -> net.add(new BinaryOp.Pow(), last, two);
            case 3 -> net.add(new Clip(), last, low);
            case 4 -> net.add(new VariadicOp.Max(), last, other, full.getFirst());
            case 5 -> net.add(new UnaryOp.Floor(), last);
            default -> {
              Op op = arithmetic(random);
              yield swapped ? net.add(op, other, last) : net.add(op, last, other);
            }
          });
    }
    return full;
  }

  private static Op arithmetic(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new BinaryOp.Add();
      case 1 -> new BinaryOp.Sub();
      case 2 -> new BinaryOp.Mul();
      default -> new BinaryOp.Div();
    };
  }
}
