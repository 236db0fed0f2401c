package dev.sardonyx.apitest;

import static dev.sardonyx.api.error.ErrorCode.ARGUMENT;
import static dev.sardonyx.api.error.ErrorCode.DTYPE;
import static dev.sardonyx.api.error.ErrorCode.SHAPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.BCELoss;
import dev.sardonyx.api.nn.BCEWithLogitsLoss;
import dev.sardonyx.api.nn.CrossEntropyLoss;
import dev.sardonyx.api.nn.HuberLoss;
import dev.sardonyx.api.nn.KLDivLoss;
import dev.sardonyx.api.nn.Loss;
import dev.sardonyx.api.nn.MSELoss;
import dev.sardonyx.api.nn.NLLLoss;
import dev.sardonyx.api.nn.Reduction;
import dev.sardonyx.api.nn.SmoothL1Loss;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
  private static Graph trace(Loss loss, TensorType input, TensorType target) {
    List<Value> inputs = List.of(new Value("input", input), new Value("target", target));
    return Trace.of(loss, inputs, in -> List.of(loss.forward(in.get(0), in.get(1)))).graph();
  }

  private static TensorType floats(String... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  private static TensorType classes(String... dims) {
    return TensorType.of(DType.INT64, dims);
  }

  private static String output(Loss loss, TensorType input, TensorType target) {
    return trace(loss, input, target).outputs().getFirst().type().toString();
  }

  @ParameterizedTest
  @EnumSource(names = {"MEAN", "SUM"})
  void aReducedLossIsAScalarWhateverTheBatch(Reduction reduction) {
    TensorType x = floats("batch", "5", "h");
    assertThat(output(new MSELoss(reduction), x, x)).isEqualTo("float32[]");
    assertThat(output(new KLDivLoss(reduction), x, x)).isEqualTo("float32[]");
    assertThat(output(new CrossEntropyLoss(reduction), x, classes("batch", "h")))
        .isEqualTo("float32[]");
    assertThat(output(new BCEWithLogitsLoss(reduction), x, x)).isEqualTo("float32[]");
  }

  @Test
  void withoutReductionTheBatchStaysASymbol() {
    TensorType x = floats("batch", "5", "h");
    assertThat(output(new HuberLoss(Reduction.NONE), x, x)).isEqualTo("float32[batch, 5, h]");
    assertThat(output(new CrossEntropyLoss(Reduction.NONE), x, classes("batch", "h")))
        .isEqualTo("float32[batch, h]");
    assertThat(output(new CrossEntropyLoss(Reduction.NONE), x, x)).isEqualTo("float32[batch, h]");
    assertThat(output(new NLLLoss(Reduction.NONE), floats("5"), classes())).isEqualTo("float32[]");
    assertThat(output(new KLDivLoss(Reduction.BATCHMEAN), x, x)).isEqualTo("float32[]");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, null, MEAN", "true, null, MEAN", "false, null, SUM", "null, true, MEAN",
        "null, false, NONE", "true, false, NONE", "false, false, NONE", "false, true, SUM"
      })
  void deprecatedArgumentsMeanWhatTheyMeanInPyTorch(
      Boolean sizeAverage, Boolean reduce, Reduction expected) {
    assertThat(Reduction.legacy(sizeAverage, reduce)).isEqualTo(expected);
  }

  @Test
  void argumentsAreNamedWithBothSides() {
    Errors.expect(
        ARGUMENT,
        () -> new MSELoss(Reduction.BATCHMEAN),
        "MSELoss: reduction must be NONE, MEAN or SUM, found BATCHMEAN");
    Errors.expect(
        ARGUMENT, () -> new SmoothL1Loss(-1), "SmoothL1Loss: beta must be 0 or more, found -1.0");
    Errors.expect(ARGUMENT, () -> new HuberLoss(0), "HuberLoss: delta must be above 0, found 0.0");
    Errors.expect(
        ARGUMENT,
        () -> new CrossEntropyLoss(o -> o.labelSmoothing(1.5)),
        "CrossEntropyLoss: labelSmoothing must be in [0, 1], found 1.5");
    Errors.expect(
        ARGUMENT,
        () ->
            trace(new CrossEntropyLoss(o -> o.ignoreIndex(2)), floats("3", "4"), floats("3", "4")),
        "cross_entropy: ignoreIndex must be negative for probabilities, found 2");
  }

  @Test
  void inputsThatDoNotFitAreNamed() {
    TensorType x = floats("batch", "4");
    Errors.expect(
        SHAPE,
        () -> trace(new CrossEntropyLoss(), floats("3", "4"), classes("2")),
        "cross_entropy of float32[3, 4] expects a target of [3], found int64[2]");
    Errors.expect(
        SHAPE, () -> trace(new NLLLoss(), floats(), classes()), "nll_loss expects [N, C, ...]");
    Errors.expect(
        SHAPE,
        () -> trace(new NLLLoss(o -> o.weight(Tensor.ones(3))), x, classes("batch")),
        "nll_loss: weight expects [4], found float32[3]");
    Errors.expect(
        SHAPE,
        () -> trace(new BCELoss(), x, floats("batch", "5")),
        "binary_cross_entropy expects a target of the input's shape [batch, 4], found");
    Errors.expect(
        DTYPE,
        () -> trace(new CrossEntropyLoss(), x, floats("batch")),
        "cross_entropy expects int64 classes as target, found float32[batch]");
    Errors.expect(
        DTYPE,
        () -> trace(new CrossEntropyLoss(), x, classes("batch", "4")),
        "cross_entropy expects a float target with probabilities of classes, found int64");
  }
}
