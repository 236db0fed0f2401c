package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
  /** Right in a session's first run only, as an engine that spoils its own buffers. */
  private record Spoiling(Engine right) implements Engine {
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
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
          Map<String, Tensor> outputs = session.run(inputs);
          return runs.getAndIncrement() == 0
              ? outputs
              : Map.of(graph.outputs().getFirst().name(), Tensor.full(9, 1, 3));
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }

  @Test
  void aFaultThatOnlyLaterRunsHaveIsFound() {
    var net = new Graphs();
    var x = net.input("x", "n", "3");
    var y = net.add(new UnaryOp.Relu(), x);
    Graph graph = net.outputs(y);
    var engine = new NativeEngine();
    CheckReport report =
        CrossCheck.of(graph)
            .engines(List.of(new Spoiling(engine), engine))
            .timing(Duration.ZERO)
            .run();
    assertThat(report.passed()).isFalse();
  }
}
