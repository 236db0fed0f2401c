package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaseTest {
  private final CountedKernels counted = new CountedKernels();
  private final NativeEngine engine = new NativeEngine(counted.kernels());

  /** exp(x w), so that weights are packed; of any number of rows, or of 4. */
  private static Graph graph(String rows) {
    var net = new Graphs();
    var x = net.input("x", rows, "8");
    var product = net.add(new MatMul(), x, net.constant("w", Operators.random(1, 8, 8)));
    return net.outputs(net.add(new UnaryOp.Exp(), product));
  }

  @Test
  void aSessionKeepsItsLeaseUntilItIsClosed() {
    Session session = engine.open(graph("n"), SessionOptions.defaults());
    assertThat(counted.open()).isEqualTo(1);
    for (int n = 1; n < 20; n++) { // plans come and go
      session.run(Tensor.ones(n, 8));
      assertThat(counted.open()).isEqualTo(1);
    }
    session.close();
    assertThat(counted.open()).isZero();
    session.close();
    assertThat(counted.open()).isZero();
  }

  @Test
  void eachSessionHasALeaseOfItsOwn() {
    Session first = engine.open(graph("n"), SessionOptions.defaults());
    Session second = engine.open(graph("4"), SessionOptions.defaults());
    assertThat(counted.open()).isEqualTo(2);
    first.close();
    assertThat(counted.open()).isEqualTo(1);
    second.run(Tensor.ones(4, 8));
    second.close();
    assertThat(counted.open()).isZero();
  }

  @Test
  void aSessionThatCannotBeOpenedLeavesNoLease() {
    int before = counted.taken();
    long weights = 8L * counted.kernels().panelWidth() * Float.BYTES;
    for (long budget : new long[] {weights - 1, weights + 1}) {
      String what = budget < weights ? "weights of net" : "buffers of net";
      var options = SessionOptions.defaults().within(budget);
      assertThatThrownBy(() -> engine.open(graph("4"), options))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining("[Limit]")
          .hasMessageContaining(what);
      assertThat(counted.open()).isZero();
    }
    assertThat(counted.taken()).isGreaterThan(before);
  }

  @Test
  void aLeaseOutlivesTheRunThatCloseWaitsFor() throws Exception {
    var started = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var waiting = HookedKernels.before(counted.kernels(), "unary", () -> pass(started, mayGoOn));
    Session session = new NativeEngine(waiting).open(graph("n"), SessionOptions.defaults());
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<Tensor> run = threads.submit(() -> session.run(Tensor.ones(2, 8)));
      started.await();
      Future<?> close = threads.submit(session::close);
      Thread.sleep(100);
      assertThat(counted.open()).isEqualTo(1);
      mayGoOn.countDown();
      run.get();
      close.get();
      assertThat(counted.open()).isZero();
    }
  }

  private static void pass(CountDownLatch started, CountDownLatch mayGoOn) {
    started.countDown();
    try {
      assertThat(mayGoOn.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  @Test
  void anOperatorOutsideOfSessionsIsComputedUnderALease() {
    var evaluator = new NativeEvaluator(counted.kernels());
    List<Optional<Tensor>> inputs = List.of(Optional.of(Tensor.zeros(3)));
    assertThat(evaluator.evaluate(new UnaryOp.Exp(), inputs, 1).getFirst().floats())
        .containsExactly(1, 1, 1);
    assertThat(counted.taken()).isEqualTo(1);
    assertThat(counted.open()).isZero();
  }
}
