package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.Team;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConvolutionChainsTest {
  private static final Kernels VECTORS = KernelSelection.portable().kernels();
  private static final MemoryBudget BUDGET = new MemoryBudget(Long.MAX_VALUE);

  private final Graphs net = new Graphs();
  private final Random random = new Random(3);

  private Value conv(Value x, int in, int out, int groups, int kernel, int stride) {
    int pad = kernel / 2;
    var window =
        Spatial.window(
            new int[] {kernel, kernel},
            new int[] {stride, stride},
            new int[] {1, 1},
            new int[] {pad, pad, pad, pad});
    String name = x.name() + "-" + out + "-" + kernel;
    return net.add(
        new Conv(window, groups),
        x,
        net.constant("w" + name, Spatial.random(random, out, in / groups, kernel, kernel)),
        net.constant("b" + name, Spatial.random(random, out)));
  }

  private Value depthwise(Value x, int channels, int stride) {
    return net.add(new UnaryOp.Relu(), conv(x, channels, channels, channels, 3, stride));
  }

  private static float[] run(Graph graph, Kernels kernels, int threads, Tensor x) {
    Graph typed = GraphInference.infer(graph);
    try (Weights weights = Weights.pack(typed, kernels, BUDGET);
        var team = new Team(threads)) {
      Plan plan = Plan.of(typed, kernels, weights, threads, LoopCache.create(), Choices.standard());
      try (Workspace workspace = plan.open(BUDGET, team)) {
        workspace.run(List.of(x)); // the second run must not see what the first one left
        Tensor y = (Tensor) workspace.run(List.of(x)).values().iterator().next();
        return Spatial.floats(y);
      }
    }
  }

  private static long convolutions(Graph graph, Kernels kernels, WeightStorage storage) {
    Graph typed = GraphInference.infer(graph);
    try (Weights weights = Weights.pack(typed, kernels, BUDGET, storage)) {
      List<Stage> last = ChannelsLast.rewrite(Fusion.stages(typed), typed.outputs());
      return ConvolutionChains.join(typed, last, kernels, weights, Choices.standard())
          .stages()
          .stream()
          .filter(stage -> stage.op() instanceof Conv)
          .count();
    }
  }

  private static long convolutions(Graph graph) {
    return convolutions(graph, VECTORS, WeightStorage.FLOAT32);
  }

  @Test
  void blocksOfMobileNetAreOneStepWithTheSameResult() {
    Value x = net.input("x", "2", "24", "15", "13");
    Value expanded = net.add(new UnaryOp.Relu(), conv(x, 24, 48, 1, 1, 1));
    Value block = conv(depthwise(expanded, 48, 1), 48, 24, 1, 1, 1);
    Value sum = net.add(new BinaryOp.Add(), x, block);
    Value next = net.add(new UnaryOp.Relu(), conv(sum, 24, 64, 1, 1, 1));
    Value y = conv(depthwise(next, 64, 2), 64, 40, 1, 1, 1);
    Graph graph = net.outputs(y);
    assertThat(convolutions(graph)).isEqualTo(VECTORS.hasPlanes() ? 2 : 6);
    assertThat(convolutions(graph, Kernels.scalar(), WeightStorage.FLOAT32)).isEqualTo(6);
    Tensor given = Spatial.random(random, 2, 24, 15, 13);
    float[] first = run(graph, VECTORS, 1, given);
    float[] apart = run(graph, Kernels.scalar(), 1, given);
    double scale = 0;
    for (float value : apart) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < first.length; i++) {
      assertThat((double) first[i]).isCloseTo(apart[i], within(scale * 1e-5));
    }
    for (int threads : new int[] {2, 3, 4}) {
      assertThat(run(graph, VECTORS, threads, given)).isEqualTo(first);
    }
  }

  @Test
  void withoutExpansionTheWindowsReadTheInput() {
    Value x = net.input("x", "1", "32", "12", "12");
    Graph graph = net.outputs(conv(depthwise(x, 32, 1), 32, 16, 1, 1, 1));
    assertThat(convolutions(graph)).isEqualTo(VECTORS.hasPlanes() ? 1 : 2);
    Tensor given = Spatial.random(random, 1, 32, 12, 12);
    float[] apart = run(graph, Kernels.scalar(), 1, given);
    float[] first = run(graph, VECTORS, 2, given);
    for (int i = 0; i < first.length; i++) {
      assertThat((double) first[i]).isCloseTo(apart[i], within(1e-3));
    }
  }

  @Test
  void whatSomebodyElseReadsStaysAStepOfItsOwn() {
    Value x = net.input("x", "1", "32", "12", "12");
    Value expanded = net.add(new UnaryOp.Relu(), conv(x, 32, 64, 1, 1, 1));
    Value window = depthwise(expanded, 64, 1);
    Value y = conv(window, 64, 16, 1, 1, 1);
    assertThat(convolutions(net.outputs(y, window))).isEqualTo(3);
    assertThat(convolutions(net.outputs(y, expanded))).isEqualTo(VECTORS.hasPlanes() ? 2 : 3);
    Value z = conv(expanded, 64, 8, 1, 1, 1);
    assertThat(convolutions(net.outputs(y, z))).isEqualTo(VECTORS.hasPlanes() ? 3 : 4);
  }

  @Test
  void roundedWeightsStayApart() {
    Value x = net.input("x", "1", "32", "12", "12");
    Graph graph = net.outputs(conv(depthwise(x, 32, 1), 32, 16, 1, 1, 1));
    assertThat(convolutions(graph, VECTORS, WeightStorage.INT8)).isEqualTo(2);
  }

  @Test
  void otherWindowsStayApart() {
    Value x = net.input("x", "1", "32", "12", "12");
    Value wide = net.add(new UnaryOp.Relu(), conv(x, 32, 32, 32, 5, 1));
    assertThat(convolutions(net.outputs(conv(wide, 32, 16, 1, 1, 1)))).isEqualTo(2);
  }

  @Test
  void channelsThatAreReadTwiceStayApart() {
    Value x = net.input("x", "1", "32", "12", "12");
    Value twice = conv(x, 32, 64, 32, 3, 1);
    assertThat(convolutions(net.outputs(conv(twice, 64, 16, 1, 1, 1)))).isEqualTo(2);
  }
}
