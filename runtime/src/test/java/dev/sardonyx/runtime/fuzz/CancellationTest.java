package dev.sardonyx.runtime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.interpret.Interpreter;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Weights;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Long work ends soon after its deadline or an interrupt, within one operator too. */
class CancellationTest {
  /**
   * Promised is a tenth of a second. What counts here is the time that the thread itself computes
   * between two polls: machines that build have other things to do as well. It is more before the
   * loops are compiled, and on machines slower than ours.
   */
  private static final long MOST_NANOS = 300_000_000;

  /** Enough to see how a run goes; all of it where somebody wants to know exactly. */
  private static final long SEEN_NANOS = Long.getLong("sardonyx.long.runs.millis", 400) * 1_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The longest time between two polls. */
  private static final class Gaps implements Cancellation.Watch {
    private final long start = THREADS.getCurrentThreadCpuTime();
    private long last = start;
    private long longest;

    @Override
    public void look() {
      long now = THREADS.getCurrentThreadCpuTime();
      longest = Math.max(longest, now - last);
      last = now;
      if (now - start > SEEN_NANOS) {
        throw new SardonyxException(ErrorCode.LIMIT, "seen enough");
      }
    }
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void everyOperatorAsksOftenWhetherItShouldEnd() throws IOException {
    List<String> slow = new ArrayList<>();
    var routines = new Routines(KernelSelection.fastest().kernels(), Weights.none());
    for (String line : LongRun.lines()) {
      LongRun run = LongRun.of(line);
      var gaps = new Gaps();
      try {
        Cancellation.watched(
            gaps,
            () -> {
              var interpreter = new Interpreter(routines, 1, Long.MAX_VALUE);
              List<Data> outputs = interpreter.evaluate(run.op(), run.inputs(), run.outputs());
              gaps.look();
              return outputs;
            });
      } catch (SardonyxException end) {
        assertThat(end).as(line).hasMessageContaining("seen enough");
      }
      if (gaps.longest > MOST_NANOS) {
        slow.add(gaps.longest / 1_000_000 + " ms: " + line);
      }
    }
    assertThat(slow).isEmpty();
  }

  private static Tensor zeros(long... dims) {
    Shape shape = Shape.of(dims);
    return DenseTensor.view(DType.FLOAT32, shape, DenseTensor.allocate(DType.FLOAT32, shape));
  }

  @Test
  void aDeadlineEndsARunOfASession() {
    var builder = new GraphBuilder("long");
    var x = builder.input("x", zeros(50_000_000).type());
    var erf = builder.add(new UnaryOp.Erf(), List.of(x), Origin.unknown());
    Graph graph = builder.build(erf.outputs(), Map.of());
    var options = SessionOptions.defaults().deadline(Duration.ofMillis(20));
    try (Session session = new NativeEngine(Kernels.scalar()).open(graph, options)) {
      var error =
          catchThrowableOfType(
              SardonyxException.class, () -> session.run(Map.of("x", zeros(50_000_000))));
      assertThat(error.code()).isEqualTo(ErrorCode.LIMIT);
      assertThat(error).hasMessageContaining("deadline of PT0.02S");
    }
  }

  @Test
  void anInterruptEndsARunAndStaysSet() {
    var routines = new Routines(Kernels.scalar(), Weights.none());
    Thread.currentThread().interrupt();
    var error =
        catchThrowableOfType(
            SardonyxException.class,
            () ->
                new Interpreter(routines, 1, Long.MAX_VALUE)
                    .evaluate(new UnaryOp.Erf(), List.of(Optional.of(zeros(1_000_000))), 1));
    assertThat(error.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
