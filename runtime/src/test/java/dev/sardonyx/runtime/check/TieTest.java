package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.compare.Tolerances;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Engines that choose otherwise among equals are both right. */
class TieTest {
  private static final Engine NATIVE = new NativeEngine();

  /** Takes the last of equals. */
  private record Last() implements EngineForTests {
    @Override
    public String name() {
      return "last";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      return NATIVE.open(graph.withNodes(graph.nodes().stream().map(Last::last).toList()), options);
    }

    private static Node last(Node node) {
      return node.op() instanceof ReductionOp.Arg arg
          ? new Node(
              node.name(),
              new ReductionOp.Arg(arg.max(), arg.axis(), arg.keepdims(), true),
              node.inputs(),
              node.outputs(),
              node.origin())
          : node;
    }
  }

  private final Graphs net = new Graphs();
  private final Value place =
      net.add(new ReductionOp.Arg(true, 1, false, false), net.input("x", "n", "3"));

  private CrossCheck check(Graph graph, float... x) {
    return CrossCheck.of(graph)
        .engines(List.of(new Last(), NATIVE))
        .inputs(Map.of("x", Tensor.of(x, 1, 3)))
        .timing(Duration.ZERO);
  }

  @Test
  void anOutputThatIsATiePassesAndSaysSo() {
    CheckReport report = check(net.outputs(place), 1, 5, 5).run();
    assertThat(report.passed()).as("%s", report).isTrue();
    assertThat(report.rows().getFirst().comparison().tied()).isEqualTo(1);
    assertThat(check(net.outputs(place), 5, 1, 2).run().rows().getFirst().comparison().tied())
        .isZero();
  }

  @Test
  void whatPartsBehindATieIsChargedToTheTieAndToNobody() {
    Value table = net.constant("table", Tensor.of(new float[] {1, 2, 3}, 3));
    Value exp = net.add(new UnaryOp.Exp(), net.add(new Gather(0), table, place));
    Graph graph = net.outputs(exp);
    CheckReport report = check(graph, 1, 5, 5).bisect().run();
    Suspect suspect = report.divergence().orElseThrow();
    assertThat(suspect.charge()).isEqualTo(Suspect.Charge.TIE);
    assertThat(suspect.finding().node().name()).isEqualTo(place.name());
    assertThat(suspect.output().accumulated().tied()).isEqualTo(1);
    assertThat(report.passed()).as("its output differs all the same").isFalse();
    assertThat(check(graph, 5, 1, 2).run().passed()).isTrue();
  }

  @Test
  void tolerancesThatAreAskedForAreThoseOfTheCheck() {
    Graph graph = net.outputs(net.add(new UnaryOp.Exp(), net.input("y", "3")));
    var unknown =
        new Tolerances(Tolerances.Other.NOTHING, Map.of("exp", wide()), Map.of(), Map.of());
    assertThatThrownBy(
            () ->
                CrossCheck.of(graph).engines(List.of(new Last(), NATIVE)).tolerances(unknown).run())
        .hasMessageContainingAll("output 'exp'", "did you mean exp_1?");
  }

  private static Tolerances.Other wide() {
    return new Tolerances.Other(
        OptionalDouble.of(1), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
