package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static dev.sardonyx.models.check.BothEngines.agreeInAllFloats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.FillOp.EyeLike;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.LossOp.NegativeLogLikelihoodLoss;
import dev.sardonyx.api.op.LossOp.SoftmaxCrossEntropyLoss;
import dev.sardonyx.api.op.ReductionOp.CumProd;
import dev.sardonyx.api.op.ReductionOp.CumSum;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of products, determinants, losses and running products against ONNX Runtime and torch. */
class ProductEnginesTest {

  private static Tensor random(long seed, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    float[] values = new float[count];
    var random = new Random(seed);
    for (int i = 0; i < count; i++) {
      values[i] = Math.round(random.nextFloat() * 40 - 20) / 8f;
    }
    return Tensor.of(values, sizes);
  }

  @Test
  void einsumOfOneOperand() {
    Tensor square = random(1, 4, 4);
    for (String equation : List.of("ij->ji", "ij->", "ij->i", "ij->j", "ii->i", "ii", "ij", "ba")) {
      agree(new Einsum(equation), square);
      agreeInAllFloats(new Einsum(equation), square);
    }
    agree(new Einsum("...ii->...i"), random(1, 2, 3, 3));
    agree(new Einsum("i...->..."), random(1, 2, 3, 4));
    agree(new Einsum(" i j k -> k j "), random(1, 2, 3, 4));
    agree(new Einsum("->"), Tensor.scalar(2f));
  }

  @Test
  void einsumOfTwoOperands() {
    agree(new Einsum("ij,jk->ik"), 2, random(1, 3, 4), random(2, 4, 5));
    agree(new Einsum("ij,jk"), 2, random(1, 3, 4), random(2, 4, 5));
    agree(new Einsum("bhqd,bhkd->bhqk"), 2, random(1, 2, 3, 5, 4), random(2, 2, 3, 6, 4));
    agree(new Einsum("bqhd,bkhd->bhqk"), 2, random(1, 2, 5, 3, 4), random(2, 2, 6, 3, 4));
    agree(new Einsum("i,j->ij"), 2, random(1, 3), random(2, 4));
    agree(new Einsum("i,i->"), 2, random(1, 3), random(2, 3));
    agree(new Einsum("ij,ij->ij"), 2, random(1, 3, 4), random(2, 3, 4));
    agree(new Einsum("ijk,kl->lj"), 2, random(1, 2, 3, 4), random(2, 4, 5));
    agree(new Einsum("Ab,bA->A"), 2, random(1, 2, 3), random(2, 3, 2));
    agree(new Einsum("...ij,...jk->...ik"), 2, random(1, 2, 3, 4), random(2, 1, 4, 5));
    agree(new Einsum("...ij,...jk"), 2, random(1, 2, 1, 3, 4), random(2, 1, 5, 4, 2));
    agree(new Einsum("i...,i...->..."), 2, random(1, 2, 3, 4), random(2, 2, 1, 4));
    agree(new Einsum("ij,j->i"), 2, random(1, 3, 4), Tensor.zeros(4));
    agree(new Einsum(",ij->ji"), 2, Tensor.scalar(3f), random(1, 2, 3));
  }

  @Test
  void einsumOfManyOperands() {
    agree(new Einsum("ij,jk,kl->il"), 3, random(1, 2, 3), random(2, 3, 4), random(3, 4, 5));
    agree(new Einsum("i,ij,j->"), 3, random(1, 2), random(2, 2, 3), random(3, 3));
    agree(new Einsum("bn,anm,bm->ba"), 3, random(1, 2, 3), random(2, 5, 3, 4), random(3, 2, 4));
    agree(new Einsum("a,b,c,d->dcba"), 4, random(1, 2), random(2, 3), random(3, 4), random(4, 2));
    agreeInAllFloats(new Einsum("ij,jk,kl->il"), random(1, 2, 3), random(2, 3, 2), random(3, 2, 5));
  }

  @Test
  void einsumOfIntegersWrapsAround() {
    for (DType type : List.of(DType.INT32, DType.INT64)) {
      agree(
          new Einsum("ij,jk->ik"),
          2,
          random(1, 3, 4).mul(8).to(type),
          random(2, 4, 5).mul(8).to(type));
    }
    Tensor bytes = Tensor.of(new long[] {200, 100, 3, 4}, 2, 2).to(DType.UINT8);
    Tensor y = Operations.apply(new Einsum("ij,jk->ik"), bytes, bytes);
    assertThat(y.to(DType.INT64).dense().longs()).containsExactly(108, 176, 100, 60);
  }

  @Test
  void einsumRefusesWhatIsNoEquation() {
    Tensor x = random(1, 2, 3);
    for (String wrong :
        List.of("ij->k", "ij->ii", "i->i", "i1->i", "ij...k...->i", "ij,jk->ik", "i.j->i", "ijk")) {
      assertThatThrownBy(() -> Operations.apply(new Einsum(wrong), x))
          .hasMessageContaining("Einsum");
    }
    assertThatThrownBy(() -> Operations.apply(new Einsum("ij,ij->i"), x, random(1, 3, 2)))
        .hasMessageContaining("axes of one letter must have one size");
  }

  @Test
  void determinants() {
    Tensor x =
        Tensor.of(new float[] {2, 1, 0, 1, 3, 1, 0, 1, 4, 0, 2, 1, 1, 0, 0, 3, 1, 2}, 2, 3, 3);
    agree(new Det(), x);
    agreeInAllFloats(new Det(), x);
    agree(new Det(), random(3, 5, 5));
    agree(new Det(), Tensor.zeros(2, 4, 4));
    assertThat(Operations.apply(new Det(), Tensor.zeros(2, 0, 0)).dense().floats())
        .containsExactly(1, 1);
    assertThatThrownBy(() -> Operations.apply(new Det(), random(1, 2, 3)))
        .hasMessageContaining("rows of X must equal its columns");
  }

  @Test
  void eyesOfAnyTypeAndDiagonal() {
    for (int k = -4; k <= 5; k++) {
      agree(new EyeLike(Optional.empty(), k), random(1, 3, 4));
      agree(new EyeLike(Optional.of(DType.INT64), k), random(1, 3, 4));
    }
    Tensor truth = Operations.apply(new EyeLike(Optional.of(DType.BOOL), 1), random(1, 2, 2));
    assertThat(truth.to(DType.INT64).dense().longs()).containsExactly(0, 1, 0, 0);
  }

  @Test
  void lossesAsInTorch() {
    Tensor scores = Tensor.of(new float[] {1, 2, 0.5f, -1, 0, 3, 1, 2}, 2, 4);
    Tensor target = Tensor.of(new long[] {2, 1}, 2);
    Tensor ignoring = Tensor.of(new long[] {2, -5}, 2);
    Tensor weight = Tensor.of(new float[] {0.5f, 1, 2, 0.25f}, 4);
    double[][] expected = {{-1, -3}, {-1.333333}, {-4}};
    double[][] entropy = {{3.99036384, 0.44018975}, {1.47685111}, {4.43055344}};
    double[][] ignored = {{3.99036384, 0}, {1.99518192}, {3.99036384}};
    List<LossOp.Reduction> reductions =
        List.of(LossOp.Reduction.NONE, LossOp.Reduction.MEAN, LossOp.Reduction.SUM);
    for (int i = 0; i < 3; i++) {
      var reduction = reductions.get(i);
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16)) {
        Tensor x = scores.to(type);
        Tensor w = weight.to(type);
        var nll = new NegativeLogLikelihoodLoss(reduction, Optional.empty());
        assertClose(Operations.apply(nll, x, target, w), expected[i]);
        var sce = new SoftmaxCrossEntropyLoss(reduction, Optional.empty());
        assertClose(Operations.apply(sce, x, target, w), entropy[i]);
        var some = new SoftmaxCrossEntropyLoss(reduction, Optional.of(-5L));
        assertClose(Operations.apply(some, x, ignoring.to(DType.INT32), w), ignored[i]);
      }
    }
    assertThatThrownBy(
            () ->
                Operations.apply(
                    new NegativeLogLikelihoodLoss(LossOp.Reduction.SUM, Optional.empty()),
                    scores,
                    ignoring))
        .hasMessageContaining("targets must be within 0 and 3, found -5");
  }

  private static void assertClose(Tensor found, double... expected) {
    assertThat(found.dense().elements()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(found.dense().doubleAt(i) - expected[i]))
          .as("%s", found)
          .isLessThanOrEqualTo(found.dtype() == DType.FLOAT16 ? 3e-3 : 2e-6);
    }
  }

  @Test
  void lossesOfPixelsAgree() {
    Tensor scores = random(1, 2, 3, 4, 5);
    Tensor target = random(2, 2, 4, 5).abs().to(DType.INT64);
    for (var reduction : LossOp.Reduction.values()) {
      for (Optional<Long> ignore : List.of(Optional.<Long>empty(), Optional.of(1L))) {
        agree(new SoftmaxCrossEntropyLoss(reduction, ignore), 2, scores, target);
        agree(
            new NegativeLogLikelihoodLoss(reduction, ignore),
            3,
            scores,
            target,
            random(4, 3).abs());
      }
    }
  }

  @Test
  void dropoutKeepsAllButInTraining() {
    Tensor x = random(1, 3, 4);
    agree(new Dropout(Optional.empty()), x);
    agree(new Dropout(Optional.of(3L)), 3, x, Tensor.scalar(0.3f), truth(0));
    agree(new Dropout(Optional.of(3L)), 3, x, Tensor.scalar(0f), truth(1));
    assertThatThrownBy(
            () -> Operations.apply(new Dropout(Optional.empty()), x, Tensor.scalar(1f), truth(1)))
        .hasMessageContaining("Dropout: ratio must be within [0, 1), found 1.0");
  }

  private static Tensor truth(long value) {
    return Tensor.scalar(value).to(DType.BOOL);
  }

  /**
   * numpy.random.seed(7); numpy.random.uniform(0, 1, 8) is .076 .780 .438 .723 .978 .538 .501 .072.
   */
  @Test
  void dropoutDrawsAsOnnxsReference() {
    List<Tensor> results =
        Operations.applyAll(
            new Dropout(Optional.of(7L)),
            List.of(
                Optional.of(Tensor.zeros(8).add(1)),
                Optional.of(Tensor.scalar(0.5f)),
                Optional.of(truth(1))));
    assertThat(results.get(0).dense().floats()).containsExactly(0, 2, 0, 2, 2, 2, 2, 0);
    assertThat(results.get(1).to(DType.INT64).dense().longs())
        .containsExactly(0, 1, 0, 1, 1, 1, 1, 0);
  }

  @Test
  void runningSumsAndProducts() {
    Tensor x = random(1, 3, 4, 2);
    for (boolean exclusive : new boolean[] {true, false}) {
      for (boolean reverse : new boolean[] {true, false}) {
        for (long axis = -3; axis < 3; axis++) {
          agree(new CumSum(exclusive, reverse), x, Tensor.scalar(axis));
          agree(new CumSum(exclusive, reverse), 2, x, Tensor.scalar(axis));
        }
      }
    }
    Tensor y = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor one = Tensor.scalar(-1L);
    for (DType type :
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.UINT32)) {
      assertClose(
          Operations.apply(new CumProd(false, false), y.to(type), one), 1, 2, 6, 4, 20, 120);
      assertClose(Operations.apply(new CumProd(true, false), y.to(type), one), 1, 1, 2, 1, 4, 20);
      assertClose(Operations.apply(new CumProd(false, true), y.to(type), one), 6, 6, 3, 120, 30, 6);
      assertClose(Operations.apply(new CumProd(true, true), y.to(type), one), 6, 3, 1, 30, 6, 1);
    }
    assertThatThrownBy(() -> Operations.apply(new CumProd(false, false), y, Tensor.scalar(2L)))
        .hasMessageContaining("CumProd");
  }
}
