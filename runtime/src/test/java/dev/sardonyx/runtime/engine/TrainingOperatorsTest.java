package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of optimizers against ONNX's own cases of the same names. */
class TrainingOperatorsTest {
  private static final Tensor RATE = Tensor.scalar(0.1f);
  private static final Tensor FIRST = Tensor.scalar(0L);

  private static Tensor f(float... values) {
    return Tensor.of(values, values.length);
  }

  private static void check(TrainingOp op, List<Tensor> expected, Tensor... inputs) {
    List<Tensor> found =
        new NativeEvaluator().evaluate(op, Operators.given(inputs), expected.size());
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Operators.close(op + ", output " + i, found.get(i), expected.get(i), 1e-6);
    }
  }

  @Test
  void adagradMultiple() {
    check(
        new TrainingOp.Adagrad(0.1f, 1e-5f, 0.001f),
        List.of(f(1.0576962f), f(1.0446854f, 2.0948617f), f(2.998001f), f(4.998001f, 9.988004f)),
        RATE,
        FIRST,
        f(1),
        f(1, 2),
        f(-1),
        f(-1, -3),
        f(2),
        f(4, 1));
  }

  @Test
  void adam() {
    check(
        new TrainingOp.Adam(0.95f, 0.1f, 1e-7f, 0.001f, 0),
        List.of(f(1.0250363f, 2.6610327f), f(1.56806f, 3.2951398f), f(0.8032108f, 5.622407f)),
        RATE,
        FIRST,
        f(1.2f, 2.8f),
        f(-0.94f, -2.5f),
        f(1.7f, 3.6f),
        f(0.1f, 0.1f));
  }

  /** ONNX's case leaves epsilon out, which is 1e-6 then, but was computed with this one. */
  @Test
  void adamMultiple() {
    check(
        new TrainingOp.Adam(0.95f, 0.85f, 1e-2f, 0.001f, 0),
        List.of(
            f(0.75913626f),
            f(0.6286528f, 1.9745853f),
            f(1.85005f),
            f(3.75005f, 0.80009997f),
            f(0.5747002f),
            f(0.9997002f, 9.848201f)),
        RATE,
        FIRST,
        f(1),
        f(1, 2),
        f(-1),
        f(-1, -3),
        f(2),
        f(4, 1),
        f(0.5f),
        f(1, 10));
  }

  @Test
  void adamAfterSomeSteps() {
    // numpy in float64: T = 3, norm_coefficient_post = 0.01
    Tensor x = Tensor.of(new double[] {1.2, 2.8}, 2);
    Tensor g = Tensor.of(new double[] {-0.94, -2.5}, 2);
    Tensor v = Tensor.of(new double[] {1.7, 3.6}, 2);
    Tensor h = Tensor.of(new double[] {0.1, 0.1}, 2);
    Tensor rate = Tensor.of(new double[] {0.1}, 1);
    check(
        new TrainingOp.Adam(0.5f, 0.25f, 1e-6f, 0.125f, 0.0625f),
        List.of(
            Tensor.of(new double[] {1.056119261046044, 2.583756839247126}, 2),
            Tensor.of(new double[] {0.455, 0.7250000000000001}, 2),
            Tensor.of(new double[] {0.49307499999999993, 3.4918749999999994}, 2)),
        rate,
        Tensor.scalar(3L),
        x,
        g,
        v,
        h);
  }

  @Test
  void momentumMultiple() {
    check(
        new TrainingOp.Momentum(0.95f, 0.85f, false, 0.001f),
        List.of(
            f(0.90990001f), f(0.719900f, 2.2047999f), f(0.90099996f), f(2.8009999f, -2.0479999f)),
        RATE,
        FIRST,
        f(1),
        f(1, 2),
        f(-1),
        f(-1, -3),
        f(2),
        f(4, 1));
  }

  @Test
  void nesterovMomentum() {
    check(
        new TrainingOp.Momentum(0.95f, 1, true, 0.01f),
        List.of(f(1.227535f, 2.95714f), f(0.68700004f, 0.94799995f)),
        RATE,
        FIRST,
        f(1.2f, 2.8f),
        f(-0.94f, -2.5f),
        f(1.7f, 3.6f));
  }

  @Test
  void tensorsThatBelongTogetherAreOfOneShape() {
    var op = new TrainingOp.Momentum(0.95f, 1, true, 0.01f);
    var evaluator = new NativeEvaluator();
    assertThatThrownBy(
            () -> evaluator.evaluate(op, Operators.given(RATE, FIRST, f(1, 2), f(1), f(1, 2)), 2))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("one shape (2 vs 1)");
    assertThatThrownBy(() -> evaluator.evaluate(op, Operators.given(RATE, FIRST, f(1), f(1)), 2))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("3 tensors for each that it trains, found 4 inputs");
  }
}
