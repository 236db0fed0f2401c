package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.FillOp.EyeLike;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.LossOp;
import dev.sardonyx.api.op.LossOp.NegativeLogLikelihoodLoss;
import dev.sardonyx.api.op.LossOp.SoftmaxCrossEntropyLoss;
import dev.sardonyx.api.op.MaxUnpool;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.NormalizationOp.LRN;
import dev.sardonyx.api.op.NormalizationOp.MeanVarianceNormalization;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.PoolOp.LpPool;
import dev.sardonyx.api.op.ReductionOp.CumProd;
import dev.sardonyx.api.op.RegionOp.RoiAlign;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators tell of their outputs when dims are symbols, or shapes are not known at all. */
class OperatorShapesTest {

  private static TensorType f(String... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  private static TensorType longs(String... dims) {
    return TensorType.of(DType.INT64, dims);
  }

  private static TensorType unknown(DType type) {
    return new TensorType(type, Shape.unknown());
  }

  private static List<String> shapes(Op op, TensorType... inputs) {
    var in =
        new Inputs(
            op.name(),
            Arrays.stream(inputs).map(type -> Optional.of(Inputs.Input.of(type))).toList());
    return op.infer(in).stream().map(ValueType::toString).toList();
  }

  @Test
  void einsumFollowsSymbols() {
    var scores = new Einsum("bhqd,bhkd->bhqk");
    assertThat(shapes(scores, f("b", "h", "q", "d"), f("b", "h", "k", "d")))
        .containsExactly("float32[b, h, q, k]");
    assertThat(shapes(new Einsum("...ij,...jk"), f("b", "2", "3"), f("1", "3", "n")))
        .containsExactly("float32[b, 2, n]");
    assertThat(shapes(new Einsum("ij->ji"), unknown(DType.INT8))).containsExactly("int8[...]");
    assertThat(shapes(new Einsum("ii->i"), f("n", "4"))).containsExactly("float32[4]");
  }

  @Test
  void outputsBehindTheFirstHaveTheirOwnShapes() {
    assertThat(shapes(new LayerNormalization(-2, 0), f("b", "s", "8"), f("8")))
        .containsExactly("float32[b, s, 8]", "float32[b, 1, 1]", "float32[b, 1, 1]");
    assertThat(
            shapes(
                new BatchNormalization(0, 0.9f, true),
                f("b", "c", "w"),
                f("c"),
                f("c"),
                f("c"),
                f("c")))
        .containsExactly("float32[b, c, w]", "float32[c]", "float32[c]");
    assertThat(shapes(new Dropout(Optional.empty()), f("n")))
        .containsExactly("float32[n]", "bool[n]");
    var sum = LossOp.Reduction.SUM;
    assertThat(shapes(new SoftmaxCrossEntropyLoss(sum, Optional.empty()), f("n", "c"), longs("n")))
        .containsExactly("float32[]", "float32[n, c]");
    var none = LossOp.Reduction.NONE;
    assertThat(
            shapes(
                new NegativeLogLikelihoodLoss(none, Optional.empty()),
                f("n", "c", "d"),
                longs("n", "e")))
        .containsExactly("float32[n, d]");
  }

  @Test
  void windowsAndRegionsFollowSymbols() {
    Window window = Window.of(List.of(2), List.of(2), List.of(1), List.of(0));
    assertThat(shapes(new MaxUnpool(window), f("n", "c", "w"), longs("n", "c", "w")))
        .containsExactly("float32[n, c, 2*w]");
    assertThat(shapes(new MaxUnpool(window), f("n", "c", "w"), longs("n", "c", "w"), longs("3")))
        .containsExactly("float32[?, ?, ?]");
    assertThat(shapes(new LpPool(window, 2), f("n", "c", "8"))).containsExactly("float32[n, c, 4]");
    var align = new RoiAlign(true, false, 2, 3, 0, 1);
    assertThat(shapes(align, f("n", "c", "h", "w"), f("r", "4"), longs("r")))
        .containsExactly("float32[r, c, 2, 3]");
    assertThat(shapes(align, unknown(DType.FLOAT32), unknown(DType.FLOAT32), longs("r")))
        .containsExactly("float32[?, ?, 2, 3]");
  }

  @Test
  void othersKeepTheirShape() {
    assertThat(shapes(new LRN(1, 1, 1, 3), f("n", "c", "w"))).containsExactly("float32[n, c, w]");
    assertThat(shapes(new MeanVarianceNormalization(List.of(0)), unknown(DType.FLOAT16)))
        .containsExactly("float16[...]");
    assertThat(shapes(new CumProd(false, false), f("n", "m"), longs()))
        .containsExactly("float32[n, m]");
    assertThat(shapes(new EyeLike(Optional.of(DType.BOOL), 0), f("n", "m")))
        .containsExactly("bool[n, m]");
    assertThat(shapes(new Det(), f("b", "m", "m"))).containsExactly("float32[b]");
    assertThat(shapes(new Det(), f("b", "m", "k"))).containsExactly("float32[b]");
  }

  @Test
  void whatCannotFitIsAnError() {
    assertThatThrownBy(() -> shapes(new Det(), f("b", "3", "4")))
        .hasMessageContaining("rows of X must equal its columns (3 vs 4)");
    assertThatThrownBy(() -> shapes(new Einsum("ij,jk"), f("2", "3"), f("4", "5")))
        .hasMessageContaining("axes of one letter must have one size in 'ij,jk' (3 vs 4)");
    assertThatThrownBy(() -> shapes(new LRN(1, 1, 1, 3), TensorType.of(DType.INT32, "2", "2")))
        .hasMessageContaining("LRN: X must be one of");
  }
}
