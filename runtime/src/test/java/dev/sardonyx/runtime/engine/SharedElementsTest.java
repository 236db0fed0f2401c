package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What moves or maps elements one by one is cut between threads where there are many. */
class SharedElementsTest {

  private static final Map<String, Tensor> INPUTS =
      Map.of("x", random(1, 5, 119, 131), "y", random(2, 5, 119, 131));

  private static Graph graph() {
    var net = new Graphs();
    var x = net.input("x", "5", "119", "131");
    var y = net.input("y", "5", "119", "131");
    var isLess = net.add(new PredicateOp.Less(), x, y);
    var last = net.constant("last", Tensor.of(new long[] {2}, 1));
    var first = net.constant("first", Tensor.of(new long[] {0}, 1));
    return net.outputs(
        net.add(new Where(), isLess, x, net.constant("one", random(3, 1, 119, 1))),
        net.add(new Transpose(List.of(2, 0, 1)), x),
        net.add(new Concat(1), x, y, x),
        net.add(new BinaryOp.Sub(), y, net.constant("row", random(4, 131))),
        net.add(new UnaryOp.Sigmoid(), y),
        net.add(new Cast(DType.INT8), net.add(new UnaryOp.Round(), x)),
        net.add(new Reduce(Reduction.MEAN, true), x, last),
        net.add(new Reduce(Reduction.MAX, false), y, first));
  }

  @Test
  void noBitDependsOnTheNumberOfThreads() {
    for (Kernels kernels : Operators.kernelSets()) {
      Map<String, Tensor> alone = run(kernels, 1);
      for (int threads : new int[] {2, 3, 8}) {
        run(kernels, threads)
            .forEach(
                (name, found) ->
                    assertThat(found.dense().segment().mismatch(segment(alone, name)))
                        .as("%s, %s, %d threads", kernels.name(), name, threads)
                        .isEqualTo(-1));
      }
    }
  }

  private static MemorySegment segment(Map<String, Tensor> all, String name) {
    return Graphs.named(all, name).dense().segment();
  }

  private static Map<String, Tensor> run(Kernels kernels, int threads) {
    SessionOptions options = SessionOptions.defaults().threads(threads);
    try (Session session = new NativeEngine(kernels).open(graph(), options)) {
      return session.run(INPUTS);
    }
  }
}
