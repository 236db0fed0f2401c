package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimisingFaultsTest {

  /** Takes an Exp for a Neg where that follows an Abs that nobody asks for. */
  private record Fusing(Engine right) implements EngineForTests {
    @Override
    public String name() {
      return "fusing";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      boolean both =
          graph.producers().containsKey("abs_1")
              && graph.producers().containsKey("exp_1")
              && graph.outputs().stream().noneMatch(output -> output.name().equals("abs_1"));
      List<Node> nodes =
          graph.nodes().stream()
              .map(
                  node ->
                      node.name().equals("exp_1")
                          ? new Node(
                              node.name(),
                              new UnaryOp.Neg(),
                              node.inputs(),
                              node.outputs(),
                              node.origin())
                          : node)
              .toList();
      return right.open(both && options.optimised() ? graph.withNodes(nodes) : graph, options);
    }
  }

  @Test
  void whatAnEngineFusesWronglyIsNamedWhereEveryNodeAgrees() {
    var net = new Graphs();
    Value abs = net.add(new UnaryOp.Abs(), net.input("x", "n", "3"));
    Value exp = net.add(new UnaryOp.Exp(), abs);
    Graph graph = net.outputs(net.add(new UnaryOp.Tanh(), exp));
    List<Engine> engines = List.of(new Fusing(new NativeEngine()), new NativeEngine());
    CheckReport report = CrossCheck.of(graph).engines(engines).timing(Duration.ZERO).run();
    assertThat(report.passed()).isFalse();
    assertThat(report.divergence()).isEmpty();
    assertThat(report.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("engine fusing, optimised, is wrong from exp_1 (Exp) at Net.java:2")
                    .contains("computed together there: abs_1 (Abs) at Net.java:1, exp_1"));
  }
}
