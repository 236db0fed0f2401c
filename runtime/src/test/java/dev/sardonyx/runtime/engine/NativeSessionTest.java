package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NativeSessionTest {
  private static final SessionOptions OPTIONS = SessionOptions.defaults();

  private static Session open(Graph graph) {
    return new NativeEngine().open(graph, OPTIONS);
  }

  @Test
  void oneSessionServesManyBatchSizes() {
    var net = new Graphs();
    var x = net.input("x", "batch", "2");
    try (Session session = open(net.outputs(net.add(new BinaryOp.Add(), x, x)))) {
      for (int round = 0; round < 2; round++) {
        for (int batch = 0; batch <= PlanCache.CAPACITY + 3; batch++) {
          Tensor given = random(batch, batch, 2);
          float[] twice = given.mul(2).floats();
          assertThat(session.run(given).floats()).isEqualTo(twice);
        }
      }
    }
  }

  @Test
  void concurrentRunsGiveBitEqualResults() throws Exception {
    Graph graph = RandomGraphs.of(7, 40);
    try (Session session = open(graph);
        var threads = Executors.newFixedThreadPool(4)) {
      List<Map<String, Tensor>> expected = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        expected.add(session.run(RandomGraphs.inputs(i, 1 + i % 3)));
      }
      List<Callable<Map<String, Tensor>>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int seed = i % 8;
        calls.add(() -> session.run(RandomGraphs.inputs(seed, 1 + seed % 3)));
      }
      List<Future<Map<String, Tensor>>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        for (var entry : results.get(i).get().entrySet()) {
          Tensor first = Graphs.named(expected.get(i % 8), entry.getKey());
          assertThat(first.dense().segment().mismatch(entry.getValue().dense().segment()))
              .isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void shapeArithmeticOfExportedModelsIsComputedWhenShapesAreKnown() {
    var net = new Graphs();
    var x = net.input("x", "batch", "3", "4");
    var shape = net.add(new ShapeOf(), x);
    var batch = net.add(new Gather(0), shape, net.constant("zero", Tensor.of(new long[] {0}, 1)));
    var rest = net.constant("rest", Tensor.of(new long[] {-1}, 1));
    var half = net.constant("two", Tensor.of(new long[] {2}, 1));
    // A division is beyond what inference follows symbolically.
    var fewer = net.add(new BinaryOp.Div(), batch, half);
    var target = net.add(new Concat(0), fewer, rest);
    var y = net.add(new Reshape(false), x, target);
    try (Session session = open(net.outputs(y))) {
      assertThat(session.run(random(1, 2, 3, 4)).shape().sizes()).containsExactly(1, 24);
      assertThat(session.run(random(1, 6, 3, 4)).shape().sizes()).containsExactly(3, 24);
    }
  }

  @Test
  void aShapeMayDependOnData() {
    var net = new Graphs();
    var x = net.input("x", "4");
    var target = net.indices("target", "2");
    var twice = net.add(new BinaryOp.Add(), x, x);
    Graph graph = net.outputs(net.add(new Reshape(false), twice, target));
    try (Session session = open(graph)) {
      for (long[] sizes : new long[][] {{2, 2}, {4, 1}}) {
        Tensor given = Tensor.of(new float[] {1, 2, 3, 4}, 4);
        Tensor found =
            session
                .run(Map.of("x", given, "target", Tensor.of(sizes, 2)))
                .values()
                .iterator()
                .next();
        assertThat(found.shape().sizes()).isEqualTo(sizes);
        assertThat(found.dense().floats()).containsExactly(2, 4, 6, 8);
      }
    }
  }

  @Test
  void outputsMayBeInputsConstantsOrTheSameValueTwice() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var c = net.constant("c", Tensor.of(new float[] {5, 6}, 2));
    var unused = net.input("unused", "1");
    var sum = net.add(new BinaryOp.Add(), x, c);
    var same = net.add(new UnaryOp.Identity(), sum);
    var fixed = net.add(new UnaryOp.Neg(), c);
    try (Session session = open(net.outputs(x, c, sum, same, fixed, sum, unused))) {
      Map<String, Tensor> found =
          session.run(Map.of("x", Tensor.of(new float[] {1, 2}, 2), "unused", Tensor.ones(1)));
      assertThat(new ArrayList<>(found.keySet()))
          .containsExactly("x", "c", sum.name(), same.name(), fixed.name(), "unused");
      assertThat(Graphs.named(found, "x").floats()).containsExactly(1, 2);
      assertThat(Graphs.named(found, "c").floats()).containsExactly(5, 6);
      assertThat(Graphs.named(found, sum.name()).floats()).containsExactly(6, 8);
      assertThat(Graphs.named(found, same.name()).floats()).containsExactly(6, 8);
      assertThat(Graphs.named(found, fixed.name()).floats()).containsExactly(-5, -6);
      assertThat(Graphs.named(found, "unused").floats()).containsExactly(1);
    }
  }

  @Test
  void anInitializerIsTheDefaultOfAnInputOfItsName() {
    var net = new Graphs();
    var x = net.input("x", "2");
    var y = net.input("y", "2");
    Graph plain = net.outputs(net.add(new BinaryOp.Add(), x, y));
    Graph graph =
        plain.withInitializers(
            new LinkedHashMap<>(Map.of("y", Tensor.of(new float[] {1, 2}, 2).dense())));
    Tensor ones = Tensor.ones(2);
    try (Session session = open(graph)) {
      String sum = graph.outputs().getFirst().name();
      assertThat(Graphs.named(session.run(Map.of("x", ones)), sum).floats()).containsExactly(2, 3);
      assertThat(Graphs.named(session.run(Map.of("x", ones, "y", ones)), sum).floats())
          .containsExactly(2, 2);
    }
  }

  @Test
  void anErrorInAStepNamesNodeAndSourceLineAndLeavesTheSessionWhole() {
    var net = new Graphs();
    var data = net.constant("data", Tensor.ones(3));
    var indices = net.indices("i", "n");
    try (Session session = open(net.outputs(net.add(new Gather(0), data, indices)))) {
      assertThatThrownBy(() -> session.run(Tensor.of(new long[] {3}, 1)))
          .isInstanceOf(SardonyxException.class)
          .hasMessage(
              "[Argument] Gather: index 3 is outside [-3, 2] of axis 0, at gather_1, Net.java:1");
      assertThat(session.run(Tensor.of(new long[] {-3}, 1)).floats()).containsExactly(1);
    }
  }

  @Test
  void inputsThatDoNotFitAreNamedWithBothSides() {
    var net = new Graphs();
    var x = net.input("x", "batch", "2");
    try (Session session = open(net.outputs(net.add(new UnaryOp.Relu(), x)))) {
      assertThatThrownBy(() -> session.run(Tensor.ones(2, 3)))
          .hasMessageContaining("must be float32[batch, 2], found float32[2, 3]");
      assertThatThrownBy(() -> session.run(Map.of())).hasMessageContaining("'x' is missing");
    }
  }

  @Test
  void aRunAtSteadyStateAllocatesLittleMoreThanItsOutputs() {
    var net = new Graphs();
    var x = net.input("x", "batch", "8", "16");
    var y = x;
    for (int i = 0; i < 10; i++) {
      y = net.add(new MatMul(), y, net.constant("w" + i, random(i, 16, 16)));
      y = net.add(new UnaryOp.Relu(), y);
      y = net.add(new BinaryOp.Mul(), y, net.constant("c" + i, random(i, 8, 1)));
      y = net.add(new Transpose(List.of(0, 2, 1)), y);
      y = net.add(new Softmax(-1), y);
      y = net.add(new Transpose(List.of(0, 2, 1)), y);
    }
    for (Kernels kernels : Operators.kernelSets()) {
      try (Session session = new NativeEngine(kernels).open(net.outputs(y), OPTIONS)) {
        Map<String, Tensor> inputs = Map.of("x", random(1, 2, 8, 16));
        long allowed = 2 * 8 * 16 * 4 + 2048;
        var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20_000 && least > allowed; i++) { // until all is compiled
          long before = counter.getCurrentThreadAllocatedBytes();
          session.run(inputs);
          least = Math.min(least, counter.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as(kernels.name()).isLessThanOrEqualTo(allowed);
      }
    }
  }

  @Test
  void aLongChainOfNodesNeedsNoDeepStack() {
    var net = new Graphs();
    var y = net.input("x", "batch", "2");
    for (int i = 0; i < 50_000; i++) {
      y = net.add(i % 2 == 0 ? new UnaryOp.Neg() : new UnaryOp.Identity(), y);
    }
    try (Session session = open(net.outputs(y))) {
      assertThat(session.run(Tensor.ones(1, 2)).floats()).containsExactly(1, 1);
    }
  }

  @Test
  void aFaultyKernelShowsInTheResult() {
    Kernels faulty =
        HookedKernels.before(
            "multiply",
            () -> {
              throw new SardonyxException(ErrorCode.CHECK, "faulty");
            });
    var net = new Graphs();
    var x = net.input("x", "1", "2");
    var w = net.constant("w", Tensor.ones(2, 2));
    try (Session session =
        new NativeEngine(faulty)
            .open(net.outputs(net.add(new Gemm(1, 1, false, false), x, w)), OPTIONS)) {
      assertThatThrownBy(() -> session.run(Tensor.ones(1, 2)))
          .hasMessage("[Check] faulty, at gemm_1, Net.java:1");
    }
  }
}
