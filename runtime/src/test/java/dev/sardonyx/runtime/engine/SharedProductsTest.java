package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedProductsTest {

  private static final Map<String, Tensor> INPUTS =
      Map.of(
          "x", random(1, 2, 3, 70, 33),
          "y", random(2, 3, 33, 90),
          "q", random(3, 2, 6, 40, 32),
          "k", random(4, 2, 3, 50, 32));

  /** A stack whose right matrices are broadcast, one product of many rows, and an attention. */
  private static Graph graph() {
    var net = new Graphs();
    var x = net.input("x", "2", "3", "70", "33");
    var y = net.input("y", "3", "33", "90");
    var stack = net.add(new MatMul(), x, y);
    var sum = net.add(new BinaryOp.Add(), stack, net.constant("b", random(5, 90)));
    var relu = net.add(new UnaryOp.Relu(), sum);
    var all = net.add(new MatMul(), relu, net.constant("w", random(6, 90, 200)));
    var q = net.input("q", "2", "6", "40", "32");
    var k = net.input("k", "2", "3", "50", "32");
    return net.outputs(relu, all, net.add(new Attention().withCausal(true), q, k, k));
  }

  @Test
  void noBitDependsOnTheNumberOfThreads() {
    for (Kernels kernels : Operators.kernelSets()) {
      Map<String, Tensor> alone = run(kernels, 1);
      for (int threads : new int[] {2, 3, 8}) {
        run(kernels, threads)
            .forEach(
                (name, found) -> {
                  Tensor expected = Graphs.named(alone, name);
                  assertThat(expected.dense().segment().mismatch(found.dense().segment()))
                      .as("%s, %s, %d threads", kernels.name(), name, threads)
                      .isEqualTo(-1);
                });
      }
    }
  }

  /** Of large weights every other run reads the last columns first. */
  @Test
  void noBitDependsOnTheRun() {
    var net = new Graphs();
    var row = net.input("row", "1", "2100");
    Graph graph = net.outputs(net.add(new MatMul(), row, net.constant("w", random(7, 2100, 140))));
    Map<String, Tensor> inputs = Map.of("row", random(8, 1, 2100));
    for (Kernels kernels : Operators.kernelSets()) {
      Tensor first = Tensor.scalar(0f);
      for (int threads = 1; threads < 4; threads++) {
        SessionOptions options = SessionOptions.defaults().threads(threads);
        try (Session session = new NativeEngine(kernels).open(graph, options)) {
          for (int i = 0; i < 4; i++) {
            Tensor y = session.run(inputs).values().iterator().next();
            first = threads == 1 && i == 0 ? y : first;
            assertThat(first.dense().segment().mismatch(y.dense().segment()))
                .as("%s, %d threads, run %d", kernels.name(), threads, i)
                .isEqualTo(-1);
          }
        }
      }
    }
  }

  private static Map<String, Tensor> run(Kernels kernels, int threads) {
    SessionOptions options = SessionOptions.defaults().threads(threads);
    try (Session session = new NativeEngine(kernels).open(graph(), options)) {
      Map<String, Tensor> result = Map.of();
      for (int i = 0; i < 5; i++) { // any member may take any part
        result = session.run(INPUTS);
      }
      return result;
    }
  }
}
