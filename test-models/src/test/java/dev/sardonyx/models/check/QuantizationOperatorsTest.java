package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;

import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp.ConvInteger;
import dev.sardonyx.api.op.IntegerProductOp.MatMulInteger;
import dev.sardonyx.api.op.IntegerProductOp.QLinearConv;
import dev.sardonyx.api.op.IntegerProductOp.QLinearMatMul;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quantised operators on both engines. */
class QuantizationOperatorsTest {
  private static final Granularity TENSOR = new Granularity(1, 0);

  private static Tensor floats(long seed, double size, long... sizes) {
    var random = new Random(seed);
    int n = (int) LongStream.of(sizes).reduce(1, (a, b) -> a * b);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * size);
    }
    return Tensor.of(values, sizes);
  }

  private static DenseTensor bytes(DType type, long seed, long... sizes) {
    return floats(seed, 60, sizes).dense().convert(DType.INT32).convert(type);
  }

  private static Tensor scalar(double value) {
    return Tensor.scalar((float) value);
  }

  private static DenseTensor number(DType type, long value) {
    return Tensor.of(new long[] {value}).dense().convert(type);
  }

  private static DenseTensor numbers(DType type, long... values) {
    return Tensor.of(values, values.length).dense().convert(type);
  }

  private static QuantizeLinear quantize(Granularity granularity, DType type) {
    return new QuantizeLinear(granularity, Optional.of(type), Optional.empty(), true);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "UINT8", "INT16", "UINT16"})
  void integersOfAllWidthsAreQuantizedAndBack(DType type) {
    Tensor x = floats(1, 200, 3, 4, 5);
    Tensor scales = Tensor.of(new float[] {0.5f, 0.25f, 3, 1e-3f}, 4);
    agree(quantize(TENSOR, type), x, scalar(0.5), number(type, 3));
    agree(quantize(TENSOR, type), x, scales, numbers(type, 1, 2, 100, 7));
    agree(quantize(new Granularity(-2, 0), type), x, scales);
    agree(
        quantize(TENSOR, type),
        Tensor.of(new float[] {0.5f, 1.5f, 2.5f, -0.5f, -1.5f}, 5),
        scalar(1));
    DenseTensor y = x.dense().convert(DType.INT32).convert(type);
    var back = new DequantizeLinear(TENSOR, Optional.empty());
    agree(back, 0, y, scalar(0.3), number(type, 3));
    agree(back, 0, y, scales, numbers(type, 1, 2, 100, 7));
    agree(back, 0, y, scales);
    var blocks = new Granularity(2, 2);
    agree(quantize(blocks, type), x, floats(2, 1, 3, 4, 3).abs().add(scalar(0.1)));
    agree(new DequantizeLinear(blocks, Optional.empty()), 0, y, floats(2, 1, 3, 4, 3));
  }

  @Test
  void int32IsDequantizedAndAbsentZeroPointsAreZero() {
    agree(
        new DequantizeLinear(TENSOR, Optional.empty()),
        Tensor.of(new int[] {1, -7, 1 << 24}, 3),
        scalar(0.5));
    agree(
        new QuantizeLinear(TENSOR, Optional.empty(), Optional.empty(), true),
        floats(1, 90, 7),
        scalar(2));
  }

  @Test
  void dynamicRangesHoldZero() {
    var op = new DynamicQuantizeLinear();
    agree(op, floats(3, 10, 3, 5));
    agree(op, Tensor.of(new float[] {1, 2, 3}, 3));
    agree(op, Tensor.of(new float[] {-1, -2, -3}, 3));
    agree(op, Tensor.zeros(2, 2));
    agree(op, scalar(4));
  }

  @Test
  void integerProductsAreExact() {
    for (DType a : List.of(DType.UINT8, DType.INT8)) {
      DenseTensor x = bytes(a, 4, 3, 5);
      DenseTensor w = bytes(DType.UINT8, 5, 5, 7);
      agree(new MatMulInteger(), x, w);
      agree(new MatMulInteger(), x, w, number(a, 11), number(DType.UINT8, 9));
      agree(new MatMulInteger(), x, w, number(a, 5), numbers(DType.UINT8, 1, 2, 3, 4, 5, 6, 7));
      agree(new MatMulInteger(), bytes(a, 6, 2, 1, 3, 300), bytes(DType.UINT8, 7, 2, 300, 2));
    }
  }

  @Test
  void integerConvolutionsAreExact() {
    Window window =
        new Window(
            List.of(3, 2),
            List.of(2, 1),
            List.of(1, 2),
            List.of(1, 0, 0, 1),
            AutoPad.NOTSET,
            false);
    DenseTensor x = bytes(DType.UINT8, 8, 2, 4, 7, 6);
    agree(new ConvInteger(window, 1), x, bytes(DType.UINT8, 9, 5, 4, 3, 2));
    agree(new ConvInteger(window, 1), x, bytes(DType.UINT8, 9, 5, 4, 3, 2), number(DType.UINT8, 7));
    agree(
        new ConvInteger(window, 2),
        x,
        bytes(DType.UINT8, 9, 6, 2, 3, 2),
        number(DType.UINT8, 7),
        number(DType.UINT8, 3));
    DenseTensor wide = bytes(DType.UINT8, 8, 1, 300, 3, 3);
    Window one = Window.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    agree(new ConvInteger(one, 1), wide, bytes(DType.UINT8, 9, 2, 300, 1, 1));
  }

  @Test
  void quantizedProductsAgree() {
    for (DType type : List.of(DType.UINT8, DType.INT8)) {
      agree(
          new QLinearMatMul(),
          bytes(type, 10, 3, 5),
          scalar(0.25),
          number(type, 3),
          bytes(type, 11, 5, 7),
          scalar(0.125),
          number(type, 5),
          scalar(7.3),
          number(type, 9));
      agree(
          new QLinearMatMul(),
          bytes(type, 10, 2, 3, 5),
          scalar(0.25),
          number(type, 3),
          bytes(type, 11, 5, 3),
          Tensor.of(new float[] {0.125f, 0.5f, 0.3f}, 3),
          numbers(type, 5, 6, 0),
          scalar(9.1),
          number(type, 9));
    }
  }

  @Test
  void quantizedConvolutionsAgree() {
    Window window =
        new Window(
            List.of(3, 3),
            List.of(2, 1),
            List.of(1, 1),
            List.of(1, 1, 0, 1),
            AutoPad.NOTSET,
            false);
    for (DType type : List.of(DType.UINT8, DType.INT8)) {
      agree(
          new QLinearConv(window, 1),
          bytes(DType.UINT8, 12, 2, 3, 7, 6),
          scalar(0.02),
          number(DType.UINT8, 128),
          bytes(type, 13, 4, 3, 3, 3),
          scalar(0.05),
          number(type, 3),
          scalar(1.3),
          number(DType.UINT8, 100),
          numbers(DType.INT32, 1000, -2000, 0, 77));
      agree(
          new QLinearConv(window, 1),
          bytes(DType.UINT8, 12, 1, 3, 7, 6),
          scalar(0.02),
          number(DType.UINT8, 128),
          bytes(type, 13, 4, 3, 3, 3),
          Tensor.of(new float[] {0.01f, 0.02f, 0.03f, 0.5f}, 4),
          numbers(type, 0, 0, 0, 0),
          scalar(1.3),
          number(DType.UINT8, 100));
    }
  }
}
