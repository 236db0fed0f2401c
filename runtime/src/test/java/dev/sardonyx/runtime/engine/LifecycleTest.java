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
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.MemoryBudget;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleTest {
  /** Two steps: tanh, then exp, on 16 floats. */
  private static Graph graph() {
    var net = new Graphs();
    var x = net.input("x", "16");
    return net.outputs(net.add(new UnaryOp.Exp(), net.add(new UnaryOp.Tanh(), x)));
  }

  private static Session open(Kernels kernels, long budget) {
    return new NativeEngine(kernels).open(graph(), SessionOptions.defaults().within(budget));
  }

  @Test
  void aClosedSessionRefusesRunsAndMayBeClosedAgain() {
    Session session = open(Kernels.scalar(), Long.MAX_VALUE);
    session.close();
    session.close();
    assertThatThrownBy(() -> session.run(Tensor.zeros(16)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the session of net is closed");
  }

  @Test
  void closeWaitsForARunThatIsAtWork() throws Exception {
    var started = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    Kernels slow =
        HookedKernels.before(
            "unary",
            () -> {
              started.countDown();
              await(mayGoOn);
            });
    Session session = open(slow, Long.MAX_VALUE);
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<Tensor> run = threads.submit(() -> session.run(Tensor.zeros(16)));
      started.await();
      Future<?> close = threads.submit(session::close);
      Thread.sleep(100);
      assertThat(close.isDone()).isFalse();
      mayGoOn.countDown();
      assertThat(run.get().floats()[0]).isEqualTo(1f);
      close.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  @Test
  void anInterruptEndsTheRunAndStaysSet() {
    Kernels interrupting = HookedKernels.before("unary", Thread.currentThread()::interrupt);
    try (Session session = open(interrupting, Long.MAX_VALUE)) {
      assertThatThrownBy(() -> session.run(Tensor.zeros(16)))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining("[Interrupted] the run was interrupted, at tanh_1, Net.java:1");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void buffersBeyondTheBudgetAreRefusedBeforeTheyAreTaken() {
    // In place throughout: 16 floats are all that the graph needs.
    open(Kernels.scalar(), 64).close();
    assertThatThrownBy(() -> open(Kernels.scalar(), 63))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Limit] the buffers of net need 64 bytes")
        .hasMessageContaining("the memory budget is 63 bytes");
  }

  @Test
  void memoryThatNoMachineHasIsALimitAndNotAnError() {
    var net = new Graphs();
    var x = net.input("x", "1000000", "1000000", "1000");
    Graph graph = net.outputs(net.add(new UnaryOp.Relu(), x));
    var boundless = SessionOptions.defaults().within(Long.MAX_VALUE);
    try (Session session = new NativeEngine().open(graph, boundless)) {
      assertThat(session.graph()).isSameAs(graph);
    }
    var huge = new MemoryBudget(Long.MAX_VALUE);
    assertThatThrownBy(() -> huge.take("the buffers of net", 4_000_000_000_000_000L))
        .isInstanceOf(SardonyxException.class)
        .satisfies(e -> assertThat(((SardonyxException) e).code()).isEqualTo(ErrorCode.LIMIT));
  }

  @Test
  void runsWaitForAWorkspaceWhereTheBudgetHasRoomForOne() throws Exception {
    try (Session session = open(Kernels.scalar(), 64);
        var threads = Executors.newFixedThreadPool(4)) {
      var runs = new ArrayList<Future<Tensor>>();
      for (int i = 0; i < 200; i++) {
        runs.add(threads.submit(() -> session.run(Tensor.zeros(16))));
      }
      for (Future<Tensor> run : runs) {
        assertThat(run.get().floats()[0]).isEqualTo(1f);
      }
    }
  }

  @Test
  void idleWorkspacesOfOtherShapesMakeRoom() {
    var net = new Graphs();
    var x = net.input("x", "n");
    Graph graph = net.outputs(net.add(new UnaryOp.Relu(), x));
    var options = SessionOptions.defaults().within(128);
    try (Session session = new NativeEngine().open(graph, options)) {
      for (int n = 1; n <= 32; n++) {
        assertThat(session.run(Tensor.ones(n)).floats()).hasSize(n);
      }
      assertThatThrownBy(() -> session.run(Tensor.ones(33))).hasMessageContaining("[Limit]");
      assertThat(session.run(Tensor.ones(2)).floats()).hasSize(2);
    }
  }
}
