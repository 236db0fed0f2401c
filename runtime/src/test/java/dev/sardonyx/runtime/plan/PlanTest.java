package dev.sardonyx.runtime.plan;

import static dev.sardonyx.runtime.plan.MemoryBudget.aligned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.Team;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Kernels KERNELS = Kernels.scalar();
  private static final Window THREE =
      Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));

  private static Plan plan(Graph graph) {
    return Plan.of(
        GraphInference.infer(graph),
        KERNELS,
        Weights.none(),
        1,
        LoopCache.create(),
        Choices.standard());
  }

  private static Map<String, Tensor> run(Plan plan, Tensor... inputs) {
    try (Workspace workspace = plan.open(new MemoryBudget(Long.MAX_VALUE), Team.alone())) {
      workspace.run(List.of(inputs)); // the second run must not see what the first one left
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      workspace.run(List.of(inputs)).forEach((name, output) -> outputs.put(name, (Tensor) output));
      return outputs;
    }
  }

  @Test
  void aResidualBlockIsOneStepPerConvolution() {
    var net = new Graphs();
    var x = net.input("x", "1", "2", "4", "4");
    var a = net.add(new Conv(THREE, 1), x, net.constant("a", Tensor.ones(2, 2, 3, 3)));
    var relu = net.add(new UnaryOp.Relu(), a);
    var b = net.add(new Conv(THREE, 1), relu, net.constant("b", Tensor.ones(2, 2, 3, 3)));
    var sum = net.add(new BinaryOp.Add(), x, b);
    var y = net.add(new UnaryOp.Relu(), sum);
    // The rest turns the input and the outputs, which are in ONNX's order.
    assertThat(plan(net.outputs(y)).stepCount()).isEqualTo(2 + 2);
    assertThat(plan(net.outputs(a, relu, b, sum, y)).stepCount()).isEqualTo(5 + 6);
  }

  @Test
  void aProductTakesAClipAlongWhoseBoundsAreConstant() {
    var net = new Graphs();
    var x = net.input("x", "2", "3");
    var w = net.constant("w", Tensor.ones(3, 2));
    var product = net.add(new MatMul(), x, w);
    var most = net.constant("most", Tensor.scalar(6f));
    var y = net.add(new Clip(), product, net.constant("none", Tensor.scalar(0f)), most);
    Plan plan = plan(net.outputs(y));
    assertThat(plan.stepCount()).isEqualTo(1);
    Tensor given = Tensor.of(new float[] {-1, -1, -1, 1, 2, 9}, 2, 3);
    assertThat(Graphs.named(run(plan, given), y.name()).floats()).containsExactly(0, 0, 6, 6);
    var open = new Graphs();
    var z = open.input("z", "2", "3");
    var other = open.add(new MatMul(), z, open.constant("w", Tensor.ones(3, 2)));
    var clipped = open.add(new Clip(), other, open.input("least"));
    assertThat(plan(open.outputs(clipped)).stepCount()).isEqualTo(2);
  }

  @Test
  void ofTwoProductsThatAreAddedOneTakesTheAddition() {
    var net = new Graphs();
    var x = net.input("x", "2", "3");
    var w = net.constant("w", Tensor.ones(3, 3));
    var a = net.add(new MatMul(), x, w);
    var b = net.add(new Gemm(1, 1, false, false), x, w);
    var y = net.add(new UnaryOp.Relu(), net.add(new BinaryOp.Add(), b, a));
    Plan plan = plan(net.outputs(y));
    assertThat(plan.stepCount()).isEqualTo(2);
    assertThat(Graphs.named(run(plan, Tensor.ones(2, 3)), y.name()).floats())
        .containsExactly(6, 6, 6, 6, 6, 6);
  }

  @Test
  void aConstantVectorAfterAProductIsItsBias() {
    var net = new Graphs();
    var x = net.input("x", "2", "2", "3");
    var w = net.constant("w", Tensor.ones(3, 4));
    var bias = net.constant("b", Tensor.of(new float[] {0, 1, 2, 3}, 4));
    var y = net.add(new BinaryOp.Add(), bias, net.add(new MatMul(), x, w));
    Plan plan = plan(net.outputs(y));
    assertThat(plan.stepCount()).isEqualTo(1);
    assertThat(Graphs.named(run(plan, Tensor.ones(2, 2, 3)), y.name()).floats())
        .startsWith(3, 4, 5, 6)
        .hasSize(16);
  }

  @Test
  void additionsThatBroadcastTheProductAreNotFused() {
    var net = new Graphs();
    var x = net.input("x", "1", "3");
    var w = net.constant("w", Tensor.ones(3, 2));
    var more = net.input("more", "4", "2");
    var y = net.add(new BinaryOp.Add(), net.add(new MatMul(), x, w), more);
    Plan plan = plan(net.outputs(y));
    assertThat(plan.stepCount()).isEqualTo(2);
    assertThat(Graphs.named(run(plan, Tensor.ones(1, 3), Tensor.ones(4, 2)), y.name()).floats())
        .hasSize(8)
        .containsOnly(4);
  }

  @Test
  void aChainOfElementwiseOperatorsTakesOneBuffer() {
    var net = new Graphs();
    Value y = net.input("x", "100");
    for (int i = 0; i < 5; i++) {
      y = net.add(new UnaryOp.Tanh(), y);
    }
    assertThat(plan(net.outputs(y)).workspaceBytes()).isEqualTo(aligned(400));
  }

  @Test
  void aValueThatIsReadLaterIsNotOverwritten() {
    var net = new Graphs();
    var x = net.input("x", "100");
    var minus = net.add(new UnaryOp.Neg(), x);
    var again = net.add(new UnaryOp.Neg(), minus);
    var y = net.add(new BinaryOp.Sub(), net.add(new BinaryOp.Sub(), x, minus), again);
    Plan plan = plan(net.outputs(y));
    assertThat(Graphs.named(run(plan, Tensor.full(3, 100)), y.name()).floats()).containsOnly(3);
  }

  @Test
  void aliasesHaveNoStepAndKeepTheirSourceAlive() {
    var net = new Graphs();
    var x = net.input("x", "2", "3");
    var relu = net.add(new UnaryOp.Relu(), x);
    var flat = net.add(new Flatten(0), relu);
    var minus = net.add(new UnaryOp.Neg(), relu);
    var back = net.add(new Flatten(0), minus);
    var y = net.add(new BinaryOp.Sub(), flat, back);
    Plan plan = plan(net.outputs(y));
    assertThat(plan.stepCount()).isEqualTo(3);
    assertThat(Graphs.named(run(plan, Tensor.full(2, 2, 3)), y.name()).floats()).containsOnly(4);
  }

  @Test
  void buffersOfDeadValuesAreUsedAgain() {
    var net = new Graphs();
    Value y = net.input("x", "20", "20");
    for (int i = 0; i < 10; i++) {
      y = net.add(new Transpose(List.of(1, 0)), y);
    }
    assertThat(plan(net.outputs(y)).workspaceBytes()).isEqualTo(2 * aligned(1600));
  }
}
