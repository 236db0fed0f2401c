package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedRowsTest {

  private static final Map<String, Tensor> INPUTS = Map.of("x", random(1, 7, 150, 131));

  /** Outputs of 137,550 elements each: enough for a part for each of four threads. */
  private static Graph graph() {
    var net = new Graphs();
    var x = net.input("x", "7", "150", "131");
    var scale = net.constant("scale", random(2, 131));
    var shift = net.constant("shift", random(3, 131));
    var each = net.constant("each", random(4, 150));
    var added = net.constant("added", random(5, 150));
    return net.outputs(
        net.add(new NormalizationOp.Softmax(-1), x),
        net.add(new NormalizationOp.LogSoftmax(1), x),
        net.add(new OwnStatisticsOp.LayerNormalization(-1, 1e-5f), x, scale, shift),
        net.add(new OwnStatisticsOp.RMSNormalization(-1, 1e-5f), x, scale),
        net.add(new OwnStatisticsOp.InstanceNormalization(1e-5f), x, each, added),
        net.add(new ActivationOp.Gelu("none"), x));
  }

  @Test
  void noBitDependsOnTheNumberOfThreads() {
    for (Kernels kernels : Operators.kernelSets()) {
      Map<String, Tensor> alone = run(kernels, 1);
      assertThat(alone).hasSize(6);
      for (int threads : new int[] {2, 4}) {
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

  private static Map<String, Tensor> run(Kernels kernels, int threads) {
    SessionOptions options = SessionOptions.defaults().threads(threads);
    try (Session session = new NativeEngine(kernels).open(graph(), options)) {
      return session.run(INPUTS);
    }
  }
}
