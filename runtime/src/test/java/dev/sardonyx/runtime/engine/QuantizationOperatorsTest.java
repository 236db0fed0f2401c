package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp.MatMulInteger;
import dev.sardonyx.api.op.IntegerProductOp.QLinearMatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What ONNX Runtime does not quantise; expected numbers follow from ONNX's formulas by hand. */
class QuantizationOperatorsTest {
  private static final Granularity TENSOR = new Granularity(1, 0);

  private static Tensor floats(float... values) {
    return Tensor.of(values, values.length);
  }

  private static DenseTensor as(DType type, float... values) {
    return floats(values).dense().convert(type);
  }

  private static double[] run(Op op, Tensor... inputs) {
    DenseTensor y = new NativeEvaluator().evaluate(op, given(inputs)).getFirst().dense();
    return LongStream.range(0, y.elements()).mapToDouble(y::doubleAt).toArray();
  }

  private static QuantizeLinear quantize(DType type, boolean saturate) {
    return new QuantizeLinear(TENSOR, Optional.of(type), Optional.empty(), saturate);
  }

  private static DequantizeLinear dequantize(DType type) {
    return new DequantizeLinear(TENSOR, Optional.of(type));
  }

  @Test
  void fewBitsSaturateAndTiesAreEven() {
    Tensor x = floats(1, 3, 5, -1, 100, -100, 13);
    Tensor scale = Tensor.scalar(2f);
    assertThat(run(quantize(DType.INT4, true), x, scale)).containsExactly(0, 2, 2, 0, 7, -8, 6);
    assertThat(run(quantize(DType.UINT4, true), x, scale)).containsExactly(0, 2, 2, 0, 15, 0, 6);
    assertThat(run(quantize(DType.INT2, true), x, scale)).containsExactly(0, 1, 1, 0, 1, -2, 1);
    assertThat(run(quantize(DType.UINT2, true), x, scale)).containsExactly(0, 2, 2, 0, 3, 0, 3);
    assertThat(run(quantize(DType.INT4, true), x, scale, as(DType.INT4, 1).reshape()))
        .containsExactly(1, 3, 3, 1, 7, -8, 7);
    Tensor extremes = floats(1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(run(quantize(DType.UINT8, true), extremes, scale)).containsExactly(255, 0, 255, 0);
  }

  @Test
  void floatsOfFewBitsAreNotRoundedToWholeNumbers() {
    Tensor x = floats(0.25f, 3, 1e6f, -1e6f);
    Tensor scale = Tensor.scalar(2f);
    assertThat(run(quantize(DType.FLOAT8E4M3FN, true), x, scale))
        .containsExactly(0.125, 1.5, 448, -448);
    assertThat(run(quantize(DType.FLOAT8E5M2, false), x, scale))
        .containsExactly(0.125, 1.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(run(quantize(DType.FLOAT4E2M1, true), x, scale)).containsExactly(0, 1.5, 6, -6);
    for (DType type : new DType[] {DType.FLOAT8E4M3FNUZ, DType.FLOAT4E2M1, DType.INT4}) {
      assertThat(run(dequantize(DType.FLOAT32), as(type, 1, -2, 4), scale))
          .containsExactly(2, -4, 8);
    }
  }

  /** x / y_scale is 1 / 3: its float16 and bfloat16 differ from its float32. */
  @Test
  void theDivisionHasThePrecisionOfTheScaleUnlessToldOtherwise() {
    DenseTensor x = as(DType.FLOAT16, 2049);
    assertThat(run(quantize(DType.INT16, true), x, Tensor.scalar(1f))).containsExactly(2048);
    Tensor y = floats(2051);
    assertThat(run(quantize(DType.INT16, true), y, as(DType.FLOAT16, 1).reshape()))
        .containsExactly(2052);
    var precise =
        new QuantizeLinear(TENSOR, Optional.of(DType.INT16), Optional.of(DType.FLOAT32), true);
    assertThat(run(precise, y, as(DType.FLOAT16, 1).reshape())).containsExactly(2051);
    assertThat(run(quantize(DType.INT16, true), y, as(DType.FLOAT8E8M0, 2).reshape()))
        .containsExactly(1026);
  }

  @Test
  void dequantizedNumbersHaveTheTypeAskedFor() {
    DenseTensor x = as(DType.INT8, 100, -3);
    for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      DenseTensor scale = as(type, 0.5f).reshape().dense();
      var op = new DequantizeLinear(TENSOR, Optional.empty());
      Tensor y = new NativeEvaluator().evaluate(op, given(x, scale)).getFirst();
      assertThat(y.dtype()).isEqualTo(type);
      assertThat(run(op, x, scale)).containsExactly(50, -1.5);
    }
    assertThat(run(dequantize(DType.FLOAT16), x, as(DType.FLOAT8E8M0, 4).reshape()))
        .containsExactly(400, -12);
  }

  @Test
  void blocksOfAnOddAxisEndShort() {
    var blocks = new DequantizeLinear(new Granularity(0, 2), Optional.empty());
    Tensor x = floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).dense().convert(DType.INT4).reshape(5, 2);
    Tensor scale = Tensor.of(new float[] {1, 10, 100, 1000, 2, 3}, 3, 2);
    assertThat(run(blocks, x, scale))
        .containsExactly(1, 20, 3, 40, 500, 6000, 700, -8000, -14, -18);
    Tensor zero = as(DType.INT4, 0, 1, 2, 3, 4, 5).reshape(3, 2);
    assertThat(run(blocks, x, scale, zero))
        .containsExactly(1, 10, 3, 30, 300, 3000, 500, -11000, -22, -33);
  }

  @Test
  void quantizedProductsOfFloatsOfEightBits() {
    DenseTensor a = as(DType.FLOAT8E4M3FN, 1, 2, 0.5f, -4).reshape(2, 2).dense();
    DenseTensor b = as(DType.FLOAT8E5M2, 3, 1, 1, 2).reshape(2, 2).dense();
    Tensor one = Tensor.scalar(1f);
    double[] y =
        run(
            new QLinearMatMul(),
            a,
            one,
            as(DType.FLOAT8E4M3FN, 0).reshape(),
            b,
            one,
            as(DType.FLOAT8E5M2, 0).reshape(),
            Tensor.scalar(0.5f),
            as(DType.FLOAT8E4M3FN, 0).reshape());
    assertThat(y).containsExactly(10, 10, -5, -15);
  }

  @Test
  void rowsHaveZeroPointsOfTheirOwn() {
    DenseTensor a = as(DType.UINT8, 1, 2, 3, 4).reshape(2, 2).dense();
    DenseTensor b = as(DType.INT8, 1, 0, 0, 1).reshape(2, 2).dense();
    assertThat(run(new MatMulInteger(), a, b, as(DType.UINT8, 1, 2))).containsExactly(0, 1, 1, 2);
    assertThat(run(new MatMulInteger(), a, b, as(DType.UINT8, 1, 2).reshape(2, 1)))
        .containsExactly(0, 1, 1, 2);
    assertThatThrownBy(() -> run(new MatMulInteger(), a, b, as(DType.UINT8, 1, 2, 3)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("does not fit");
    assertThat(run(new MatMulInteger(), as(DType.UINT8, 1, 2), as(DType.INT8, 3, 4)))
        .containsExactly(11);
  }

  @Test
  void nothingIsQuantizedToNothing() {
    assertThat(run(quantize(DType.INT4, true), Tensor.zeros(0, 3), Tensor.scalar(1f))).isEmpty();
    var outputs =
        new NativeEvaluator().evaluate(new DynamicQuantizeLinear(), given(Tensor.zeros(0)), 3);
    assertThat(outputs.get(1).dense().floatAt(0)).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor x = Tensor.zeros(2, 3);
    assertThatThrownBy(() -> run(quantize(DType.INT8, true), x, floats(1, 2)))
        .hasMessageContaining("the size of scale must equal x's on its axis (2 vs 3)");
    assertThatThrownBy(() -> run(quantize(DType.INT32, true), x, Tensor.scalar(1f)))
        .hasMessageContaining("output_dtype");
    assertThatThrownBy(
            () -> run(quantize(DType.INT8, true), x, Tensor.scalar(1f), as(DType.UINT8, 0)))
        .hasMessageContaining("found int8 and uint8");
  }
}
