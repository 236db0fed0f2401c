package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgainstTest {
  private static final Engine NATIVE = new NativeEngine();
  private static final Map<String, Data> INPUTS =
      Map.of("x", Tensor.of(new float[] {-1, 2, 3}, 1, 3));

  /** y = -exp(op(x)) of an input of a name. */
  private static Graph net(String input, String columns, UnaryOp op) {
    var net = new Graphs();
    Value first = net.add(new UnaryOp.Neg(), net.input(input, "n", columns));
    Value second = net.add(op, first);
    return net.outputs(net.add(new UnaryOp.Sqrt(), net.add(new UnaryOp.Exp(), second)));
  }

  private static AgainstReport run(Graph model, Graph other) {
    return new Against(model, NATIVE, other, NATIVE).run(INPUTS);
  }

  @Test
  void equalModelsAgreeByNameAndByPosition() {
    Graph model = net("x", "3", new UnaryOp.Abs());
    AgainstReport named = run(model, net("x", "3", new UnaryOp.Abs()));
    assertThat(named.passed()).isTrue();
    assertThat(named.inputs()).isEqualTo("inputs by name: [x]");
    assertThat(named.common()).isEqualTo(4);
    assertThat(named.first()).isEmpty();
    AgainstReport placed = run(model, net("image", "3", new UnaryOp.Abs()));
    assertThat(placed.passed()).isTrue();
    assertThat(placed.inputs()).isEqualTo("inputs by position, as their names differ: {x=image}");
  }

  @Test
  void theFirstValueOfOneNameThatDiffersIsTold() {
    AgainstReport report = run(net("x", "3", new UnaryOp.Abs()), net("x", "3", new UnaryOp.Relu()));
    assertThat(report.passed()).isFalse();
    AgainstReport.Inner first = report.first().orElseThrow();
    // The one operator that differs has another name in each; what it leads to has not.
    assertThat(first.value()).isEqualTo("exp_1");
    assertThat(first.node().op()).isEqualTo(new UnaryOp.Exp());
  }

  @Test
  void modelsThatDoNotFitAreRefusedNamingBoth() {
    Graph model = net("x", "3", new UnaryOp.Abs());
    Graph wide = net("x", "4", new UnaryOp.Abs());
    assertThatThrownBy(() -> run(model, wide))
        .hasMessageContaining("float32[n, 3]")
        .hasMessageContaining("float32[n, 4]");
    var two = new Graphs();
    Graph more = two.outputs(two.input("x", "n", "3"), two.input("z", "n", "3"));
    assertThatThrownBy(() -> run(model, more)).hasMessageContaining("the inputs of net are");
  }
}
