package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.SmallGraphs.floats;
import static dev.sardonyx.models.diagnose.SmallGraphs.gemm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.compiler.Pass;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.inputs.RandomInputs;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.translate.Judging;
import dev.sardonyx.runtime.translate.PassFinding;
import dev.sardonyx.runtime.translate.PassValidation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A wrong pass among those that sessions use is found by name, with the node that it wrote. Nodes
 * are compared as they are written, so that a pass which merges several shows in none of them.
 */
class PlantedPassesTest {

  /**
   * A pass and where its fault shows.
   *
   * @param name what it does wrong
   */
  record PlantedPass(String name, Graph graph, UnaryOperator<Graph> apply, String node)
      implements Pass {
    @Override
    public Graph apply(Graph before) {
      return apply.apply(before);
    }

    @Override
    public String toString() {
      return name + ": at " + node;
    }
  }

  static Stream<PlantedPass> passes() {
    Graph net = SmallGraphs.classifier();
    return Stream.of(
        new PlantedPass("forgets the shift of a normalisation", net, forgetsShift(), "conv_1"),
        new PlantedPass("takes a leaky Relu for a plain one", net, plainRelu(), "leakyrelu_1"),
        new PlantedPass("turns weights, and turns them again", net, turnsTwice(), "gemm_2"),
        new PlantedPass(
            "merges nodes that differ in a constant", scaledTwice(), mergesUnequal(), "add_1"));
  }

  @ParameterizedTest
  @MethodSource("passes")
  void isFoundByNameWithTheNodeThatItWrote(PlantedPass wrong) {
    Kernels kernels = Kernels.scalar();
    Compiler standard = Compiler.standard(new NativeEvaluator(kernels), false);
    List<Pass> passes = new ArrayList<>(standard.passes());
    passes.add(1, wrong);
    var compiler = new Compiler(passes, standard.fixedPasses());
    Map<String, Data> inputs = RandomInputs.of(wrong.graph(), 0, Map.of(), 2);
    PassFinding finding =
        PassValidation.firstWrong(wrong.graph(), compiler, inputs, Judging.standard())
            .orElseThrow();
    assertThat(finding.pass()).isEqualTo(wrong.name());
    assertThat(finding.node().map(Node::name)).as(finding.toString()).contains(wrong.node());
    CheckReport report =
        CrossCheck.of(wrong.graph())
            .engines(List.of(new NativeEngine(kernels, compiler), PlantedFault.ort()))
            .timing(Duration.ZERO)
            .run();
    assertThat(report.passed()).isFalse();
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).startsWith("pass " + wrong.name() + " (number 2)"));
  }

  /** Merges a normalisation of no shift into the convolution before, whatever its shift is. */
  private static UnaryOperator<Graph> forgetsShift() {
    return graph -> {
      DenseTensor scale = graph.initializers().get("scale");
      DenseTensor weight = graph.initializers().get("conv.weight");
      if (scale == null || weight == null) {
        return graph; // one of both nodes alone
      }
      float[] filter = weight.floats();
      for (int i = 0; i < filter.length; i++) {
        filter[i] *= (float) (scale.floats()[i / 27] / Math.sqrt(0.01 + 1e-3));
      }
      Map<String, DenseTensor> weights = new LinkedHashMap<>(graph.initializers());
      weights.put("merged", Tensor.of(filter, 4, 3, 3, 3).dense());
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        switch (node.name()) {
          case "conv_1" -> {}
          case "batchnormalization_1" ->
              nodes.add(merged(Objects.requireNonNull(graph.producers().get("conv_1")), node));
          default -> nodes.add(node);
        }
      }
      return graph.withNodes(nodes).withInitializers(weights);
    };
  }

  private static Node merged(Node conv, Node norm) {
    List<Value> inputs = new ArrayList<>(conv.inputs());
    inputs.set(1, new Value("merged", inputs.get(1).type()));
    return new Node(conv.name(), conv.op(), inputs, norm.outputs(), conv.origin());
  }

  private static UnaryOperator<Graph> plainRelu() {
    return Surgery.operator("leakyrelu_1", new UnaryOp.Relu());
  }

  private static UnaryOperator<Graph> turnsTwice() {
    return Surgery.operator("gemm_2", gemm(false));
  }

  private static Graph scaledTwice() {
    return SmallGraphs.of(
        floats(2, 5),
        (b, x) -> {
          Value half = b.add(new BinaryOp.Mul(), x, b.number(0.5f));
          Value third = b.add(new BinaryOp.Mul(), x, b.number(0.25f));
          return b.add(new NormalizationOp.Softmax(-1), b.add(new BinaryOp.Add(), half, third));
        });
  }

  private static UnaryOperator<Graph> mergesUnequal() {
    return Surgery.on("add_1", it -> it.last(it.op(), it.input(0), it.input(0)));
  }
}
