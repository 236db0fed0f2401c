package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.inputs.InputPlan;
import dev.sardonyx.runtime.inputs.InputSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatedCheckTest {
  private static final Engine NATIVE = new NativeEngine();

  /** Gives nines where the first element of x is one of some. */
  private record WrongAt(Set<Float> places) implements EngineForTests {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      Session session = NATIVE.open(graph, options);
      return new Session() {
        @Override
        public Graph graph() {
          return graph;
        }

        @Override
        public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
          Map<String, Data> outputs = new LinkedHashMap<>(session.runData(inputs));
          if (inputs.get("x") instanceof Tensor x && places.contains(x.dense().floatAt(0))) {
            outputs.replaceAll((_, value) -> Tensor.full(9, ((Tensor) value).shape().sizes()));
          }
          return outputs;
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }

  private static Graph negation() {
    var net = new Graphs();
    return net.outputs(net.add(new UnaryOp.Neg(), net.input("x", "n")));
  }

  private static CrossCheck check(Float... wrongAt) {
    return CrossCheck.of(negation())
        .engines(List.of(new WrongAt(Set.of(wrongAt)), NATIVE))
        .timing(Duration.ZERO)
        .inputs(5, i -> new InputSet("set " + i, Map.of("x", Tensor.full(i, 3)), Map.of(), false));
  }

  @Test
  void theRunsThatFailAreNamedAndNodesComparedOnTheFirstOfThem() {
    CrossCheck check = check(2f, 4f);
    CheckReport report = check.run();
    assertThat(report.passed()).isFalse();
    assertThat(report.divergence()).isPresent();
    assertThat(check.checked().name()).isEqualTo("set 2");
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("2 of 5 runs fail: set 2, set 4; shown is set 2"));
  }

  @Test
  void aFirstRunThatFailsIsTheOneThatIsShown() {
    CrossCheck check = check(0f);
    assertThat(check.run().notes()).anyMatch(note -> note.startsWith("1 of 5 runs fail: set 0"));
    assertThat(check.checked().name()).isEqualTo("set 0");
  }

  @Test
  void runsThatAllAgreePass() {
    CheckReport report = check().run();
    assertThat(report.passed()).isTrue();
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("5 runs agree, nodes were compared in set 0"));
  }

  /** A copy moves as its input does, and a constant with next to nothing of it hardly does. */
  @Test
  void howFarOutputsMoveWithTheInputsIsTold() {
    var net = new Graphs();
    Value x = net.input("x", "1000");
    Value copy = net.add(new UnaryOp.Neg(), x);
    Value little = net.constant("little", Tensor.scalar(1e-5f));
    Value five = net.constant("five", Tensor.scalar(5f));
    Value deaf = net.add(new BinaryOp.Add(), net.add(new BinaryOp.Mul(), x, little), five);
    Graph graph = net.outputs(copy, deaf);
    var plan = new InputPlan(graph);
    List<String> notes =
        CrossCheck.of(graph)
            .engines(List.of(new WrongAt(Set.of()), NATIVE))
            .timing(Duration.ZERO)
            .inputs(plan.draw(0).values())
            .sensitivity(() -> Optional.of(plan.draw(1).values()))
            .run()
            .notes();
    assertThat(notes)
        .anyMatch(note -> note.matches(".*by 1 %, .*: neg_1 by (9\\.[5-9]e-03|1\\.0e-02), .*"))
        .anyMatch(note -> note.matches(".*drawn anew, .*: neg_1 by 1\\.[345]e\\+00, .*"))
        .anyMatch(note -> note.contains("'" + deaf.name() + "' hardly depends on the inputs"))
        .noneMatch(note -> note.contains("'neg_1' hardly"));
  }
}
