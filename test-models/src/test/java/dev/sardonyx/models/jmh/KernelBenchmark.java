package dev.sardonyx.models.jmh;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ManualModule;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operator at a time, one thread, by JMH: {@code mvn test -Pjmh -DskipTests -pl test-models
 * -am}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final class Exp extends ManualModule implements UnaryModule {
    @Override
    public Tensor forward(Tensor x) {
      return x.exp();
    }
  }

  /** What is computed. */
  public enum Work {
    GEMM_128X768X3072(new Linear(768, 3072), 128, 768),
    GEMV_768X3072(new Linear(768, 3072), 1, 768),
    CONVOLUTION_64_56(new Conv2d(64, 64, 3, o -> o.padding(1)), 1, 64, 56, 56),
    CONVOLUTION_256_14(new Conv2d(256, 256, 3, o -> o.padding(1)), 1, 256, 14, 14),
    DEPTHWISE_96_56(new Conv2d(96, 96, 3, o -> o.padding(1).groups(96)), 1, 96, 56, 56),
    SOFTMAX_1000X1000(new Softmax(1), 1000, 1000),
    EXP_100000(new Exp(), 100_000);

    private final UnaryModule module;
    private final Shape shape;

    Work(UnaryModule module, long... sizes) {
      this.module = module;
      shape = Shape.of(sizes);
    }
  }

  @Param public Work work = Work.EXP_100000;

  @Param({"vector", "scalar"})
  public String kernels = "vector";

  private @Nullable Session session;
  private Binding binding = () -> {};

  /** Opens the session of the one operator. */
  @Setup
  public void open() {
    var graph = Trace.of(work.module, new TensorType(DType.FLOAT32, work.shape)).graph();
    var engine = new NativeEngine(KernelSelection.of(kernels).kernels());
    session = engine.open(graph, SessionOptions.defaults().threads(1));
    Tensor x = new Generator(7).normal(work.shape, 0, 1);
    Tensor y = session.run(x);
    DenseTensor out =
        DenseTensor.view(y.dtype(), y.shape(), DenseTensor.allocate(y.dtype(), y.shape()));
    binding =
        session.bind(
            Map.of(graph.inputs().getFirst().name(), x),
            Map.of(graph.outputs().getFirst().name(), out));
  }

  /** Closes it. */
  @TearDown
  public void close() {
    if (session != null) {
      session.close();
    }
  }

  /** One run. */
  @Benchmark
  public void run() {
    binding.run();
  }
}
