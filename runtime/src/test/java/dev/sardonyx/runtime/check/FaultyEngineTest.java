package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaultyEngineTest {
  /** Right in a session's first run; what it returns in later ones is given. */
  private record Spoiling(Engine right, Map<String, Data> later) implements EngineForTests {
    @Override
    public String name() {
      return "spoiling";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      Session session = right.open(graph, options);
      var runs = new AtomicInteger();
      return new Session() {
        @Override
        public Graph graph() {
          return graph;
        }

        @Override
        public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
          Map<String, Data> outputs = session.runData(inputs);
          return runs.getAndIncrement() == 0 ? outputs : new LinkedHashMap<>(later);
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }

  private static final Engine NATIVE = new NativeEngine();

  /**
   * Refuses to give a value from inside, as ONNX Runtime does with some that its fusions forget.
   */
  private record Withholding(Engine right, String value) implements EngineForTests {
    @Override
    public String name() {
      return "withholding";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      if (graph.outputs().stream().anyMatch(output -> output.name().equals(value))) {
        throw new SardonyxException(ErrorCode.UNSUPPORTED, "it is lost");
      }
      return right.open(graph, options);
    }
  }

  private static Graph relu() {
    var net = new Graphs();
    return net.outputs(net.add(new UnaryOp.Relu(), net.input("x", "n", "3")));
  }

  private static CheckReport check(Graph graph, Map<String, Data> later) {
    var engines = List.of(new Spoiling(NATIVE, later), NATIVE);
    return CrossCheck.of(graph).engines(engines).timing(Duration.ZERO).run();
  }

  @Test
  void aFaultThatOnlyLaterRunsHaveIsFound() {
    Graph graph = relu();
    Map<String, Data> wrong = Map.of(graph.outputs().getFirst().name(), Tensor.full(9, 1, 3));
    assertThat(check(graph, wrong).passed()).isFalse();
  }

  @Test
  void aFaultWithinASequenceIsFound() {
    var net = new Graphs();
    Value x = net.input("x", "n", "3");
    Value list = net.add(new SequenceOp.SequenceConstruct(), x, net.add(new UnaryOp.Neg(), x));
    Graph graph = net.outputs(list);
    var floats = new TensorType(DType.FLOAT32, Shape.unknown());
    var wrong = new SequenceData(floats, List.of(Tensor.full(9, 2, 3)));
    assertThatThrownBy(() -> check(graph, Map.of(list.name(), wrong)).orThrow())
        .hasMessageContaining("the length of " + list.name() + " is 1, expected 2");
  }

  @Test
  void aValueThatAnEngineDoesNotGiveIsLeftOutAndNamed() {
    var net = new Graphs();
    Value exp = net.add(new UnaryOp.Exp(), net.input("x", "n", "3"));
    Value neg = net.add(new UnaryOp.Neg(), exp);
    Value abs = net.add(new UnaryOp.Abs(), neg);
    Graph graph = net.outputs(net.add(new UnaryOp.Sqrt(), abs));
    for (boolean first : new boolean[] {true, false}) {
      Engine lossy = new Withholding(NATIVE, neg.name());
      var engines = first ? List.of(lossy, NATIVE) : List.of(NATIVE, lossy);
      CheckReport report = CrossCheck.of(graph).engines(engines).timing(Duration.ZERO).run();
      assertThat(report.passed()).isTrue();
      assertThat(report.nodes()).isEqualTo(2);
      assertThat(report.notes())
          .containsExactly(
              "node neg_1 (Neg) is not compared: engine withholding gives no value for neg_1: it is"
                  + " lost",
              "node abs_1 (Abs) is not compared: engine withholding gives no value for neg_1: it is"
                  + " lost");
    }
  }

  @Test
  void whatDrawsRandomNumbersIsLeftOutAndNamed() {
    var net = new Graphs();
    Value x = net.input("x", "n", "3");
    Value still = net.add(new Dropout(Optional.empty()), x);
    Value mode = net.constant("mode", Tensor.of(new boolean[] {true}, new long[0]));
    Value ratio = net.constant("ratio", Tensor.scalar(0.5f));
    Value dropped = net.add(new Dropout(Optional.empty()), still, ratio, mode);
    Graph graph = net.outputs(still, net.add(new UnaryOp.Neg(), dropped));
    var engines = List.of(new Withholding(NATIVE, "none"), NATIVE);
    CheckReport report = CrossCheck.of(graph).engines(engines).timing(Duration.ZERO).run();
    assertThat(report.passed()).isTrue();
    assertThat(report.rows()).hasSize(1);
    assertThat(report.nodes()).isEqualTo(2);
    assertThat(report.notes())
        .containsExactly(
            "not compared, because they depend on random numbers: outputs [neg_1]",
            "node dropout_2 (Dropout) is not compared: it draws random numbers");
  }

  @Test
  void nothingThatIsComparedIsNoAgreement() {
    var net = new Graphs();
    Value mode = net.constant("mode", Tensor.of(new boolean[] {true}, new long[0]));
    Value ratio = net.constant("ratio", Tensor.scalar(0.5f));
    Value x = net.input("x", "n", "3");
    Graph graph = net.outputs(net.add(new Dropout(Optional.empty()), x, ratio, mode));
    var engines = List.of(new Withholding(NATIVE, "none"), NATIVE);
    CheckReport report = CrossCheck.of(graph).engines(engines).timing(Duration.ZERO).run();
    assertThat(report.passed()).isFalse();
    assertThatThrownBy(report::orThrow)
        .hasMessageContaining("[Check] nothing of " + graph.name() + " could be compared");
  }

  @Test
  void anOutputThatTheReferenceLacksIsAnErrorOfTheEngine() {
    Graph graph = relu();
    var engines = List.of(NATIVE, new Spoiling(NATIVE, Map.of()));
    var check = CrossCheck.of(graph).engines(engines).timing(Duration.ZERO);
    assertThatThrownBy(check::run)
        .hasMessageContaining("[Engine] engine spoiling has returned no output 'relu_1', but []");
  }

  @Test
  void anOutputThatIsNotThereIsAnErrorOfTheEngine() {
    assertThatThrownBy(() -> check(relu(), Map.of()))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Engine] engine spoiling has returned no output 'relu_1', but []");
  }
}
