package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.ReLU6;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.quantize.StaticQuantization;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class NativeBindingTest {
  private static final SessionOptions OPTIONS = SessionOptions.defaults();

  /** y = exp(x) and z = x + x, each (n). */
  private static Graph twoOutputs() {
    var net = new Graphs();
    var x = net.input("x", "n");
    return net.outputs(net.add(new UnaryOp.Exp(), x), net.add(new BinaryOp.Add(), x, x));
  }

  private static Map<String, Tensor> outputs(Graph graph, Tensor... tensors) {
    return Map.of(
        graph.outputs().get(0).name(), tensors[0], graph.outputs().get(1).name(), tensors[1]);
  }

  @Test
  void eachRunReadsTheInputsAsTheyAreAndWritesTheOutputs() {
    Graph graph = twoOutputs();
    try (Session session = new NativeEngine().open(graph, OPTIONS)) {
      Tensor x = Tensor.zeros(3);
      Tensor exp = Tensor.zeros(3);
      Tensor twice =
          DenseTensor.view(DType.FLOAT32, Shape.of(3), MemorySegment.ofArray(new int[3]));
      Binding binding = session.bind(Map.of("x", x), outputs(graph, exp, twice));
      binding.run();
      assertThat(exp.floats()).containsExactly(1, 1, 1);
      x.dense().writable().setAtIndex(ValueLayout.JAVA_FLOAT, 1, 4);
      binding.run();
      assertThat(twice.floats()).containsExactly(0, 8, 0);
      assertThat(exp.floats()[1])
          .isEqualTo(session.run(Map.of("x", x)).values().iterator().next().floats()[1]);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWhenItIsBound() {
    Graph graph = twoOutputs();
    try (Session session = new NativeEngine().open(graph, OPTIONS)) {
      Map<String, Tensor> x = Map.of("x", Tensor.zeros(3));
      String first = graph.outputs().getFirst().name();
      refused(
          session,
          Map.of("x", Tensor.zeros(3, 1)),
          outputs(graph, Tensor.zeros(3), Tensor.zeros(3)),
          "input 'x' must be");
      refused(
          session,
          x,
          outputs(graph, Tensor.zeros(4), Tensor.zeros(3)),
          "output '" + first + "' needs a tensor float32[3] to be written to, found float32[4]");
      refused(session, x, Map.of(first, Tensor.zeros(3)), "to be written to, found none");
      refused(session, x, Map.of("y", Tensor.zeros(3)), "there is no output 'y'");
      MemorySegment constant = MemorySegment.ofArray(new float[3]).asReadOnly();
      Tensor fixed = DenseTensor.view(DType.FLOAT32, Shape.of(3), constant);
      refused(session, x, outputs(graph, fixed, Tensor.zeros(3)), "read-only");
    }
  }

  private static void refused(
      Session session, Map<String, Tensor> inputs, Map<String, Tensor> outputs, String message) {
    assertThatThrownBy(() -> session.bind(inputs, outputs)).hasMessageContaining(message);
  }

  @Test
  void bindingsOutliveTheirPlanInTheCache() {
    Graph graph = twoOutputs();
    try (Session session = new NativeEngine().open(graph, OPTIONS)) {
      List<Binding> bindings = new ArrayList<>();
      List<Tensor> results = new ArrayList<>();
      for (int n = 1; n <= 3 * PlanCache.CAPACITY; n++) {
        Tensor twice = Tensor.zeros(n);
        results.add(twice);
        bindings.add(
            session.bind(Map.of("x", Tensor.ones(n)), outputs(graph, Tensor.zeros(n), twice)));
      }
      bindings.forEach(Binding::run);
      bindings.reversed().forEach(Binding::run);
      results.forEach(result -> assertThat(result.floats()).containsOnly(2));
    }
  }

  @Test
  void bindingsOfOneSessionRunAtOnce() throws Exception {
    Graph graph = twoOutputs();
    try (Session session = new NativeEngine().open(graph, OPTIONS.threads(2));
        var threads = Executors.newFixedThreadPool(8)) {
      List<Future<float[]>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Tensor x = random(i, 5000);
        Tensor twice = Tensor.zeros(5000);
        Binding binding = session.bind(Map.of("x", x), outputs(graph, Tensor.zeros(5000), twice));
        runs.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 200; round++) {
                    binding.run();
                  }
                  return twice.floats();
                }));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(runs.get(i).get()).isEqualTo(random(i, 5000).mul(2).floats());
      }
    }
  }

  @Test
  void deadlinesInterruptsAndTheEndOfTheSessionEndABinding() {
    Graph graph = twoOutputs();
    var late = OPTIONS.deadline(Duration.ZERO);
    Session session = new NativeEngine().open(graph, late);
    Map<String, Tensor> y = outputs(graph, Tensor.zeros(1), Tensor.zeros(1));
    Map<String, Tensor> x = Map.of("x", Tensor.zeros(1));
    assertThatThrownBy(() -> session.bind(x, y).run()).hasMessageContaining("deadline of PT0S");
    session.close();
    Session open = new NativeEngine().open(graph, OPTIONS);
    Binding binding = open.bind(x, y);
    Thread.currentThread().interrupt();
    assertThatThrownBy(binding::run).hasMessageContaining("[Interrupted]");
    assertThat(Thread.interrupted()).isTrue();
    binding.run();
    open.close();
    assertThatThrownBy(binding::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shapesThatDependOnDataAreRunAndCopied() {
    var net = new Graphs();
    var x = net.input("x", "4");
    Graph graph = net.outputs(net.add(new SelectionOp.NonZero(), x));
    try (Session session = new NativeEngine().open(graph, OPTIONS)) {
      Tensor y = Tensor.zeros(DType.INT64, 1, 2);
      Tensor given = Tensor.of(new float[] {0, 1, 0, 1}, 4);
      session.bind(Map.of("x", given), Map.of(graph.outputs().getFirst().name(), y)).run();
      assertThat(y.dense().longs()).containsExactly(1, 3);
    }
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        layer(new Linear(64, 32), 4, 64),
        layer(new Sequential(new Linear(64, 32), new ReLU(), new Linear(32, 10)), 1, 64),
        layer(new Sequential(new Conv2d(3, 8, 3), new BatchNorm2d(8), new ReLU()), 1, 3, 12, 12),
        layer(new Conv2d(8, 8, 3, o -> o.groups(8).padding(1).stride(2)), 1, 8, 12, 12),
        layer(new ConvTranspose2d(4, 4, 2), 1, 4, 6, 6),
        layer(new MaxPool2d(2), 1, 4, 8, 8),
        layer(new AvgPool2d(2), 1, 4, 8, 8),
        layer(new Sequential(new AdaptiveAvgPool2d(1), new Flatten()), 1, 4, 8, 8),
        layer(new Softmax(-1), 4, 40),
        layer(new Softmax(1), 4, 8, 6),
        layer(new LayerNorm(40), 4, 40),
        layer(new GroupNorm(2, 4), 1, 4, 6, 6),
        layer(new Sequential(new GELU(), new Sigmoid(), new Tanh()), 4, 40));
  }

  private static Arguments layer(UnaryModule module, long... sizes) {
    module.eval();
    Graph graph = Trace.of(module, new TensorType(DType.FLOAT32, Shape.of(sizes))).graph();
    return Arguments.of(graph, module.toString());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("layers")
  void aRunAtSteadyStateAllocatesNothing(Graph graph, String name) {
    for (int threads : new int[] {1, 2}) {
      requireNothing(graph, new NativeEngine(Kernels.scalar()), threads, 200);
    }
  }

  /** Bytes of so many boxes as a small window over four channels has vectors. */
  private static final long BOXES = 8192;

  /**
   * What C2 does not inline is a call with its vectors in boxes. What it leaves out depends on what
   * the JVM has compiled before: in some JVMs that are some dozens of boxes of 96 bytes in what is
   * less than a vector wide, such as pools of four channels or the rest of a row.
   */
  @ParameterizedTest(name = "{1}")
  @MethodSource("layers")
  void aRunInLanesAllocatesNextToNothingOnceCompiled(Graph graph, String name) {
    var engine = new NativeEngine(KernelSelection.of("vector").kernels());
    requireAtMost(BOXES, graph, engine, OPTIONS.threads(2), 200);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("layers")
  void aRunOnTheFastestKernelsAllocatesNextToNothing(Graph graph, String name) {
    requireAtMost(BOXES, graph, new NativeEngine(), OPTIONS.threads(2), 200);
  }

  /** What takes planes, Winograd's transforms, chains, and windows inside and at edges. */
  static Stream<Arguments> pictures() {
    return Stream.of(
        layer(new Sequential(conv(3, 32, 7, 2), new ReLU()), 1, 3, 32, 32),
        layer(new MaxPool2d(3, 2), 1, 32, 17, 17),
        layer(new AvgPool2d(2), 1, 24, 16, 16),
        residual(1, 32, 28, 28),
        layer(
            new Sequential(
                conv(16, 96, 1, 1),
                new ReLU6(),
                new Conv2d(96, 96, 3, o -> o.groups(96).padding(1)),
                new ReLU6(),
                conv(96, 16, 1, 1)),
            1,
            16,
            28,
            28));
  }

  /** Convolutions with a shortcut, a pool and a product, statically quantised. */
  @Test
  void aRunInIntegersAllocatesNothing() {
    var net = new Graphs();
    Value x = net.input("x", "1", "3", "20", "20");
    var window = Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));
    var first = net.constant("first", random(1, 32, 3, 3, 3));
    Value stem = net.add(new Conv(window, 1), x, first, net.constant("b", random(2, 32)));
    var second = net.constant("second", random(3, 32, 32, 3, 3));
    Value sum = net.add(new BinaryOp.Add(), net.add(new Conv(window, 1), stem, second), stem);
    Value pooled = net.add(new PoolOp.MaxPool(window), sum);
    Value flat = net.add(new dev.sardonyx.api.op.Flatten(1), pooled);
    var last = net.constant("last", random(4, 40, 32 * 20 * 20));
    var bias = net.constant("bias", random(5, 40));
    Graph floats = net.outputs(net.add(new Gemm(1, 1, false, true), flat, last, bias));
    List<Value> all = new ArrayList<>();
    floats.nodes().forEach(node -> all.addAll(node.outputs()));
    Map<String, Data> values = new HashMap<>();
    Map<String, Tensor> inputs = Map.of("x", random(6, 1, 3, 20, 20));
    try (Session session = new NativeEngine().open(floats.withOutputs(all), OPTIONS)) {
      values.putAll(session.run(inputs));
      values.putAll(inputs);
    }
    KernelSelection fastest = KernelSelection.fastest();
    assumeTrue(fastest.kernels().hasIntegerProducts());
    Graph graph = StaticQuantization.of(floats, values);
    requireNothing(graph, new NativeEngine(fastest.kernels()), 2, 50);
  }

  /** y = f(x) + x, as residual nets have it. */
  private static Arguments residual(long... sizes) {
    var body = new Sequential(conv(32, 32, 3, 1), new ReLU(), conv(32, 32, 3, 1));
    Value input = new Value("x", new TensorType(DType.FLOAT32, Shape.of(sizes)));
    Trace trace =
        Trace.of(body, List.of(input), x -> List.of(body.forward(x.getFirst()).add(x.getFirst())));
    return Arguments.of(trace.graph(), "Residual");
  }

  private static Conv2d conv(int in, int out, int kernel, int stride) {
    return new Conv2d(in, out, kernel, o -> o.stride(stride).padding(kernel / 2));
  }

  /** Calls of machine code have no vectors to box; tiles make a record for lines of pixels. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("pictures")
  void aRunOverPicturesInMachineCodeAllocatesNothing(Graph graph, String name) {
    KernelSelection fastest = KernelSelection.fastest();
    assumeTrue(fastest.word().equals("machine") && !fastest.kernels().hasTiles());
    requireNothing(graph, new NativeEngine(fastest.kernels()), 2, 50);
  }

  /**
   * More elements of k than are copied at a time, and a stack of panels with some left over. Where
   * the fastest kernels are those in lanes, some boxes are left, as said above.
   */
  @ParameterizedTest
  @EnumSource(WeightStorage.class)
  void aRunWithStoredWeightsAllocatesNothing(WeightStorage storage) {
    for (int rows : new int[] {1, 3, 20}) {
      var net = new Sequential(new Linear(2000, 160), new ReLU());
      Graph graph = Trace.of(net, new TensorType(DType.FLOAT32, Shape.of(rows, 2000))).graph();
      SessionOptions options = OPTIONS.threads(1).weightsAs(storage);
      requireAtMost(0, graph, new NativeEngine(Kernels.scalar()), options, 50);
      requireAtMost(BOXES, graph, new NativeEngine(), options, 200);
    }
  }

  @Test
  void aRunThatMovesElementsAllocatesNothing() {
    var net = new Graphs();
    var x = net.input("x", "4", "6", "8");
    var turned = net.add(new Transpose(List.of(0, 2, 1)), x);
    var product = net.add(new MatMul(), x, turned);
    var sum = net.add(new BinaryOp.Add(), product, net.constant("c", random(1, 6, 1)));
    Graph graph = net.outputs(net.add(new Transpose(List.of(1, 0, 2)), sum));
    requireNothing(graph, new NativeEngine(Kernels.scalar()), 1, 200);
  }

  @Test
  void deadlinesCostLittle() {
    Graph graph = twoOutputs();
    var options = OPTIONS.deadline(Duration.ofMinutes(1));
    try (Session session = new NativeEngine(Kernels.scalar()).open(graph, options)) {
      Map<String, Tensor> y = outputs(graph, Tensor.zeros(8), Tensor.zeros(8));
      assertThat(leastBytes(session.bind(Map.of("x", Tensor.zeros(8)), y), 1, 256)).isLessThan(257);
    }
  }

  private static void requireNothing(Graph graph, NativeEngine engine, int threads, int runs) {
    requireAtMost(0, graph, engine, OPTIONS.threads(threads), runs);
  }

  private static void requireAtMost(
      long bytes, Graph graph, NativeEngine engine, SessionOptions options, int runs) {
    try (Session session = engine.open(graph, options)) {
      long[] in = graph.inputs().getFirst().tensorType().shape().sizes();
      Map<String, Tensor> inputs = Map.of(graph.inputs().getFirst().name(), random(7, in));
      Map<String, Tensor> expected = session.run(inputs);
      Map<String, Tensor> outputs =
          Map.of(
              graph.outputs().getFirst().name(),
              Tensor.zeros(expected.values().iterator().next().shape().sizes()));
      long enough = bytes * runs;
      assertThat(leastBytes(session.bind(inputs, outputs), runs, enough)).isBetween(0L, enough);
      outputs.forEach(
          (name, y) -> assertThat(y.floats()).isEqualTo(Graphs.named(expected, name).floats()));
    }
  }

  /** What so many runs take, once the compiler has done what it will. */
  private static long leastBytes(Binding binding, int runs, long enough) {
    var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (least > enough && System.nanoTime() - end < 0) {
      long before = counter.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < runs; i++) {
        binding.run();
      }
      least = Math.min(least, counter.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
