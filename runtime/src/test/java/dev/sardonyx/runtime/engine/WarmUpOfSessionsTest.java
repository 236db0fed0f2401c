package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpOfSessionsTest {
  private final AtomicInteger runs = new AtomicInteger();

  private Session open(String... dims) {
    var net = new Graphs();
    Graph graph = net.outputs(net.add(new UnaryOp.Relu(), net.input("x", dims)));
    return new NativeEngine(HookedKernels.before("unary", runs::incrementAndGet))
        .open(graph, SessionOptions.defaults());
  }

  @Test
  void aWarmUpRunsUntilItGetsNoFasterAndEnds() {
    try (Session session = open("batch", "3")) {
      session.warmUp();
      assertThat(runs.get()).isGreaterThan(10);
      runs.set(0);
      session.warmUp(Map.of("x", Tensor.ones(7, 3)));
      assertThat(runs.get()).isGreaterThan(10);
    }
  }

  @Test
  void aWarmUpOnInputsThatDoNotFitIsRefused() {
    try (Session session = open("batch", "3")) {
      assertThatThrownBy(() -> session.warmUp(Map.of("x", Tensor.ones(7, 4))))
          .isInstanceOf(SardonyxException.class)
          .satisfies(e -> assertThat(((SardonyxException) e).code()).isEqualTo(ErrorCode.INPUT));
    }
  }

  @Test
  void anInterruptEndsAWarmUp() {
    try (Session session = open("3")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(session::warmUp).hasMessageContaining("[Interrupted]");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
