package dev.sardonyx.runtime.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FusionBisectionTest {
  private static final int LAYERS = 30;

  /** Fuses a product, an addition and a Relu, and one of these fusions forgets the Relu. */
  private record Fusing(Engine right, String relu) implements Engine {
    @Override
    public String name() {
      return "fusing";
    }

    @Override
    public String description() {
      return name();
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      boolean fuses = options.optimised() && isInner(graph);
      return right.open(
          fuses ? WrongPasses.replacing(relu, new UnaryOp.Neg()).apply(graph) : graph, options);
    }

    /** Whether nobody asks for what the Relu is made of, nor for what that is made of. */
    private boolean isInner(Graph graph) {
      Map<String, Node> makers = graph.producers();
      Node last = makers.get(relu);
      if (last == null) {
        return false;
      }
      Node sum = makers.get(last.inputs().getFirst().name());
      Node product = sum == null ? null : makers.get(sum.inputs().getFirst().name());
      return graph.outputs().stream()
          .noneMatch(
              output ->
                  sum != null && output.name().equals(sum.output().name())
                      || product != null && output.name().equals(product.output().name()));
    }
  }

  private static Graph net() {
    var net = new Graphs();
    Value x = net.input("x", "2", "2");
    Value w = net.constant("w", Tensor.of(new float[] {0.6f, -0.8f, 0.8f, 0.6f}, 2, 2));
    Value one = net.constant("one", Tensor.scalar(1f));
    Value value = x;
    for (int i = 0; i < LAYERS; i++) {
      Value product = net.add(new MatMul(), value, w);
      value = net.add(new UnaryOp.Relu(), net.add(new BinaryOp.Add(), product, one));
    }
    return net.outputs(value);
  }

  private static final Map<String, Data> INPUTS =
      Map.of("x", Tensor.of(new float[] {1, -2, 0.5f, 1}, 2, 2));

  @Test
  void theFusionThatIsWrongIsFoundWithWhatIsComputedTogether() {
    var engine = new Fusing(new NativeEngine(), "relu_17");
    FusionFinding found =
        FusionBisection.run(engine, net(), INPUTS, Judging.standard()).orElseThrow();
    assertThat(found.node().name()).isEqualTo("relu_17");
    assertThat(found.value()).isEqualTo("relu_17");
    assertThat(found.fused())
        .extracting(Node::name)
        .containsExactly("matmul_17", "add_17", "relu_17");
    assertThat(found.worst()).isNotEmpty();
    int bits = 32 - Integer.numberOfLeadingZeros(3 * LAYERS);
    assertThat(found.opens()).isLessThanOrEqualTo(2 * (1 + bits + 4)); // 3 fused, and one more
    assertThat(found.toString()).contains("engine fusing", "relu_17 (Relu) at Net.java:51");
  }

  @Test
  void whatIsFusedRightlyIsNotFound() {
    assertThat(FusionBisection.run(new NativeEngine(), net(), INPUTS, Judging.standard()))
        .isEmpty();
  }
}
