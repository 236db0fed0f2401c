package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static dev.sardonyx.models.check.BothEngines.agreeInAllFloats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.NormalizationOp.Hardmax;
import dev.sardonyx.api.op.NormalizationOp.LRN;
import dev.sardonyx.api.op.NormalizationOp.LogSoftmax;
import dev.sardonyx.api.op.NormalizationOp.LpNormalization;
import dev.sardonyx.api.op.NormalizationOp.MeanVarianceNormalization;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.op.OwnStatisticsOp.GroupNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.InstanceNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.RMSNormalization;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Normalisations against ONNX Runtime, of every float type. */
class NormalizationEnginesTest {

  private static Tensor random(long seed, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    float[] values = new float[count];
    var random = new Random(seed);
    for (int i = 0; i < count; i++) {
      values[i] = Math.round(random.nextFloat() * 64 - 32) / 16f;
    }
    return Tensor.of(values, sizes);
  }

  @Test
  void alongEachAxis() {
    Tensor x = random(1, 3, 4, 5);
    for (int axis = -3; axis < 3; axis++) {
      for (Op op :
          List.of(
              new Softmax(axis),
              new LogSoftmax(axis),
              new Hardmax(axis),
              new LpNormalization(axis, 1),
              new LpNormalization(axis, 2))) {
        agree(op, x);
        agree(op, Tensor.zeros(2, 1, 3).add(1));
        agreeInAllFloats(op, x);
      }
    }
  }

  @Test
  void hardmaxTakesTheFirstOfEquals() {
    Tensor x = Tensor.of(new float[] {1, 3, 3, 2, Float.NEGATIVE_INFINITY, -7}, 2, 3);
    agree(new Hardmax(1), x);
    agree(new Hardmax(0), x);
  }

  /** Where ONNX Runtime divides by 0, ONNX says 0. */
  @Test
  void aNormOfZeroGivesZero() {
    for (int p : new int[] {1, 2}) {
      Tensor y = Operations.apply(new LpNormalization(-1, p), Tensor.zeros(2, 3));
      assertThat(y.dense().floats()).containsOnly(0f);
    }
  }

  @Test
  void localResponsesLookFartherBehindThanBefore() {
    for (int size : new int[] {1, 3, 7}) {
      agree(new LRN(0.5f, 0.75f, 2, size), random(size, 2, 5, 3, 2));
      agreeInAllFloats(new LRN(0.5f, 0.75f, 2, size), random(size, 2, 5, 3, 2));
    }
    // ONNX Runtime has no even sizes: 1 / (1 + 1 + 4), 2 / (1 + 4 + 9), 3 / (1 + 9)
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3);
    assertThat(Operations.apply(new LRN(2, 1, 1, 2), x).dense().floats())
        .containsExactly(new float[] {1 / 6f, 1 / 7f, 0.3f}, offset(1e-6f));
  }

  @Test
  void meansAndVariancesOverAnyAxes() {
    Tensor x = random(3, 2, 3, 4, 5);
    for (List<Integer> axes :
        List.of(List.of(0, 2, 3), List.of(1, 3), List.of(-1), List.of(0, 1, 2, 3))) {
      agree(new MeanVarianceNormalization(axes), x);
      agreeInAllFloats(new MeanVarianceNormalization(axes), x);
    }
    agree(new MeanVarianceNormalization(List.of(0)), random(4, 7));
  }

  @Test
  void batchNormalizationTrainsOnItsOwnStatistics() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 5, 0, 4, 1, -1}, 2, 2, 2);
    Tensor[] inputs = {
      x,
      Tensor.of(new float[] {2, 0.5f}, 2),
      Tensor.of(new float[] {1, 0}, 2),
      Tensor.of(new float[] {1, 2}, 2),
      Tensor.of(new float[] {3, 4}, 2)
    };
    var op = new BatchNormalization(1e-5f, 0.8f, true);
    agree(op, 5, inputs);
    List<Tensor> results =
        Operations.applyAll(op, List.of(inputs).stream().map(Optional::of).toList());
    // torch.nn.functional.batch_norm; its running variance is that of a sample, ONNX's is not
    assertThat(results.get(0).dense().floats())
        .containsExactly(
            new float[] {
              -0.01418936f,
              1.338062f,
              0.2236065f,
              0.6708196f,
              -1.366441f,
              4.042566f,
              -0.2236065f,
              -0.6708196f
            },
            offset(1e-4f));
    assertThat(results.get(1).dense().floats())
        .containsExactly(new float[] {1.15f, 2}, offset(1e-5f));
    assertThat(results.get(2).dense().floats())
        .containsExactly(new float[] {2.8375f, 4.2f}, offset(1e-5f));
  }

  @Test
  void batchNormalizationOfAllTypesAndRanks() {
    Tensor[] inputs = {
      random(1, 2, 3, 4),
      random(2, 3),
      random(3, 3),
      random(4, 3),
      Tensor.of(new float[] {0.5f, 1, 2}, 3)
    };
    agreeInAllFloats(new BatchNormalization(1e-3f), inputs);
    Tensor half =
        Operations.apply(
            new BatchNormalization(0),
            inputs[0].to(DType.FLOAT16),
            inputs[1],
            inputs[2],
            inputs[3],
            inputs[4]);
    assertThat(half.dtype()).isEqualTo(DType.FLOAT16);
    Tensor one = Tensor.of(new float[] {2}, 1);
    Tensor vector =
        Operations.apply(
            new BatchNormalization(0),
            Tensor.of(new float[] {1, 3, 5}, 3),
            one,
            one,
            one,
            Tensor.of(new float[] {4}, 1));
    assertThat(vector.dense().floats()).containsExactly(1, 3, 5);
  }

  @Test
  void layerNormalizationTellsItsStatistics() {
    Tensor x = Tensor.of(new float[] {1, 2, 4, 0, -1, 5}, 2, 3);
    List<Tensor> results =
        Operations.applyAll(
            new LayerNormalization(-1, 1e-5f),
            List.of(Optional.of(x), Optional.of(Tensor.zeros(3).add(1))));
    assertThat(results.get(1).shape().sizes()).containsExactly(2, 1);
    assertThat(results.get(1).dense().floats())
        .containsExactly(new float[] {2.3333f, 1.3333f}, offset(1e-4f));
    assertThat(results.get(2).dense().floats())
        .containsExactly(new float[] {0.8018f, 0.3810f}, offset(1e-4f));
    for (int axis : new int[] {0, 1, -1}) {
      agree(
          new LayerNormalization(axis, 1e-5f),
          3,
          random(1, 2, 3, 4),
          random(2, 4),
          random(3, 3, 1));
    }
  }

  @Test
  void ownStatisticsOfAllFloats() {
    Tensor x = random(1, 2, 4, 3, 2);
    agreeInAllFloats(new LayerNormalization(-1, 1e-3f), x, random(2, 2), random(3, 3, 2));
    agreeInAllFloats(new RMSNormalization(2, 1e-3f), x, random(2, 3, 2));
    agreeInAllFloats(new GroupNormalization(2, 1e-3f), x, random(2, 4), random(3, 4));
    agreeInAllFloats(new InstanceNormalization(1e-3f), x, random(2, 4), random(3, 4));
    Tensor mixed = Operations.apply(new RMSNormalization(-1, 0), x.to(DType.FLOAT16), random(2, 2));
    assertThat(mixed.dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void whatIsNotComputedRightIsRefused() {
    var stash = Attributes.none().with("stash_type", Attribute.of(16));
    assertThatThrownBy(() -> Operators.read("LayerNormalization", stash))
        .hasMessageContaining("stash_type");
    var p = Attributes.none().with("p", Attribute.of(3));
    assertThatThrownBy(() -> Operators.read("LpNormalization", p)).hasMessageContaining("p must");
  }
}
