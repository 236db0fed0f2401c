package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ONNX Runtime crashes the JVM when it is closed under a run, or run after; the guard does not. */
class GuardedSessionTest {
  private static final Graph PRODUCT =
      Graphs.oneNode(
          new MatMul(), TensorType.of(DType.FLOAT32, "n", "64"), Graphs.floats(Shape.of(64, 64)));

  private static Session open() {
    return new OrtEngine().open(PRODUCT, SessionOptions.defaults());
  }

  @Test
  @Timeout(60)
  void closeWaitsForRunsFromSeveralThreads() throws Exception {
    for (int round = 0; round < 20; round++) {
      Session session = open();
      var started = new CountDownLatch(4);
      var finished = new AtomicInteger();
      try (var threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          runs.add(threads.submit(() -> runUntilClosed(session, started, finished)));
        }
        started.await();
        session.close();
        session.close();
        for (Future<?> run : runs) {
          run.get(20, TimeUnit.SECONDS);
        }
      }
      assertThat(finished).hasPositiveValue();
    }
  }

  private static void runUntilClosed(
      Session session, CountDownLatch started, AtomicInteger finished) {
    var input = Graphs.floats(Shape.of(200, 64));
    try {
      while (true) {
        session.run(input);
        finished.incrementAndGet();
        started.countDown();
      }
    } catch (IllegalStateException closed) {
      assertThat(closed).hasMessage("the session of one_node is closed");
    }
  }

  @Test
  void runAfterCloseIsAnErrorAndCloseMayBeRepeated() {
    Session session = open();
    session.close();
    session.close();
    assertThatThrownBy(() -> session.run(Graphs.floats(Shape.of(1, 64))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the session of one_node is closed");
  }

  @Test
  void aBindingReadsItsInputsAnewAndWritesItsOutputs() {
    Session session = open();
    Tensor x = Graphs.floats(Shape.of(2, 64));
    Tensor y = Tensor.zeros(2, 64);
    String output = PRODUCT.outputs().getFirst().name();
    Map<String, Tensor> inputs = Map.of(PRODUCT.inputs().getFirst().name(), x);
    Binding binding = session.bind(inputs, Map.of(output, y));
    binding.run();
    assertThat(y.floats()).isEqualTo(session.run(x).floats());
    x.dense().writable().fill((byte) 0);
    binding.run();
    assertThat(y.floats()).containsOnly(0);
    assertThatThrownBy(() -> session.bind(inputs, Map.of(output, Tensor.zeros(2, 63))))
        .hasMessageContaining("needs a tensor float32[2, 64] to be written to");
    session.close();
    assertThatThrownBy(binding::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bindingsThatNobodyHoldsAreFreed() {
    try (Session session = open()) {
      Map<String, Tensor> x = Map.of(PRODUCT.inputs().getFirst().name(), Tensor.zeros(1, 64));
      Map<String, Tensor> y = Map.of(PRODUCT.outputs().getFirst().name(), Tensor.zeros(1, 64));
      for (int i = 0; i < 2000; i++) {
        session.bind(x, y).run();
        if (i % 500 == 0) {
          System.gc();
        }
      }
    }
  }

  @Test
  void manySessionsLiveAndDieAlone() {
    Session first = open();
    try (Session second = open()) {
      first.close();
      assertThat(second.run(Graphs.floats(Shape.of(1, 64))).type())
          .isEqualTo(TensorType.of(DType.FLOAT32, 1, 64));
    }
  }

  @Test
  void refusesNoRowsForARecurrentOperatorWhichWouldEndTheProcess() {
    var layer = new GRU(3, 2);
    var rows = new Value("x", TensorType.of(DType.FLOAT32, "5", "n", "3"));
    Graph graph =
        Trace.of(layer, List.of(rows), in -> List.of(layer.forward(in.getFirst()).output()))
            .graph();
    try (Session session = new OrtEngine().open(graph, SessionOptions.defaults())) {
      assertThatThrownBy(() -> session.run(Tensor.zeros(5, 0, 3)))
          .hasMessageContaining("ONNX Runtime cannot run RNN, LSTM and GRU on empty inputs");
      assertThat(session.run(Tensor.zeros(5, 1, 3)).shape()).isEqualTo(Shape.of(5, 1, 2));
    }
  }
}
