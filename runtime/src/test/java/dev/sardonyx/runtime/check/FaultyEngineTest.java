package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
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
  private record Spoiling(Engine right, Map<String, Tensor> later) implements Engine {
    @Override
    public String name() {
      return "spoiling";
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

  private static Graph relu() {
    var net = new Graphs();
    return net.outputs(net.add(new UnaryOp.Relu(), net.input("x", "n", "3")));
  }

  private static CheckReport check(Graph graph, Map<String, Tensor> later) {
    var engines = List.of(new Spoiling(NATIVE, later), NATIVE);
    return CrossCheck.of(graph).engines(engines).timing(Duration.ZERO).run();
  }

  @Test
  void aFaultThatOnlyLaterRunsHaveIsFound() {
    Graph graph = relu();
    var wrong = Map.of(graph.outputs().getFirst().name(), Tensor.full(9, 1, 3));
    assertThat(check(graph, wrong).passed()).isFalse();
  }

  @Test
  void anOutputThatIsNotThereIsAnErrorOfTheEngine() {
    assertThatThrownBy(() -> check(relu(), Map.of()))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Engine] engine spoiling has returned no output 'relu_1', but []");
  }
}
