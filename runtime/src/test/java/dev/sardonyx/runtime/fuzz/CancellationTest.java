package dev.sardonyx.runtime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.interpret.Interpreter;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Weights;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Long work ends soon after its deadline or an interrupt, within one operator too. */
class CancellationTest {
  /** A tenth of a second is promised; machines that build have other things to do as well. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Routines routines = new Routines(Kernels.scalar(), Weights.none());

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static Optional<Data> zeros(DType dtype, long... dims) {
    Shape shape = Shape.of(dims);
    return Optional.of(DenseTensor.view(dtype, shape, DenseTensor.allocate(dtype, shape)));
  }

  private void endsSoon(Op op, List<Optional<Data>> inputs) {
    long start = System.nanoTime();
    var error =
        catchThrowableOfType(
            SardonyxException.class,
            () ->
                Cancellation.within(
                    Optional.of(Duration.ofMillis(1)),
                    () -> new Interpreter(routines, 1, Long.MAX_VALUE).evaluate(op, inputs, 1)));
    assertThat(error).as(op.name()).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.LIMIT);
    assertThat(error).hasMessageContaining("deadline of PT0.001S");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(op.name()).isLessThan(SOON);
  }

  @Test
  void longOperatorsKeepTheDeadline() {
    endsSoon(new UnaryOp.Erf(), List.of(zeros(DType.FLOAT32, 60_000_000)));
    endsSoon(new UnaryOp.Erf(), List.of(zeros(DType.FLOAT64, 30_000_000)));
    endsSoon(
        new MatMul(), List.of(zeros(DType.FLOAT32, 3000, 3000), zeros(DType.FLOAT32, 3000, 3000)));
    endsSoon(new MatMul(), List.of(zeros(DType.INT64, 2000, 2000), zeros(DType.INT64, 2000, 2000)));
    endsSoon(
        new BinaryOp.Pow(), List.of(zeros(DType.FLOAT32, 60_000_000), zeros(DType.FLOAT32, 1)));
    endsSoon(new NormalizationOp.Softmax(-1), List.of(zeros(DType.FLOAT32, 1, 50_000_000)));
    endsSoon(
        new TopK(-1, true, true),
        List.of(
            zeros(DType.FLOAT32, 10_000_000), Optional.of(Tensor.of(new long[] {1_000_000}, 1))));
  }

  @Test
  void anInterruptEndsARunAndStaysSet() {
    Thread.currentThread().interrupt();
    var error =
        catchThrowableOfType(
            SardonyxException.class,
            () ->
                new Interpreter(routines, 1, Long.MAX_VALUE)
                    .evaluate(new UnaryOp.Erf(), List.of(zeros(DType.FLOAT32, 1_000_000)), 1));
    assertThat(error.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
