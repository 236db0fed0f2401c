package dev.sardonyx.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineWithOptionsTest {
  /** The native engine, which tells whether its sessions might use Winograd's transforms. */
  private record Telling(Engine engine, List<Boolean> told) implements EngineForTests {
    @Override
    public String name() {
      return "telling";
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      told.add(options.winograd());
      return engine.open(graph, options);
    }
  }

  private static List<Boolean> told(boolean without) {
    var net = new Graphs();
    Graph graph = net.outputs(net.add(new UnaryOp.Relu(), net.input("x", "n", "3")));
    List<Boolean> told = new ArrayList<>();
    var engine = new NativeEngine();
    var check = CrossCheck.of(graph).engines(List.of(new Telling(engine, told), engine));
    (without ? check.withoutWinograd() : check).timing(Duration.ZERO).run().orThrow();
    return told;
  }

  @Test
  void everySessionOfACheckGoesWithoutWhereItIsAskedFor() {
    assertThat(told(true)).isNotEmpty().containsOnly(false);
    assertThat(told(false)).isNotEmpty().containsOnly(true);
  }
}
