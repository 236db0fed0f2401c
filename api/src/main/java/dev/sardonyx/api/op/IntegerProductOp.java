package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Products and convolutions of quantised numbers. */
public sealed interface IntegerProductOp extends QuantizationOp {

  /** What QLinearMatMul multiplies. */
  Set<DType> EIGHT_BITS =
      Collections.unmodifiableSet(
          EnumSet.of(
              DType.INT8,
              DType.UINT8,
              DType.FLOAT8E4M3FN,
              DType.FLOAT8E4M3FNUZ,
              DType.FLOAT8E5M2,
              DType.FLOAT8E5M2FNUZ));

  /**
   * (A - a_zero_point) * (B - b_zero_point), int32, as {@link MatMul}. Inputs: A, B, optionally
   * a_zero_point (one, or one for each row), b_zero_point (one, or one for each column). Source:
   * ONNX MatMulInteger.
   */
  record MatMulInteger() implements IntegerProductOp {
    @Override
    public String name() {
      return "MatMulInteger";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(2, 4).requireDType(0, "A", BYTES);
      in.requireDType(1, "B", BYTES);
      requirePair(in, 0, 2);
      requirePair(in, 1, 3);
      return List.of(new TensorType(DType.INT32, MatMul.product(in, 0, 1)));
    }
  }

  /**
   * The product of a and b as {@link MatMul}, all of them quantised. Inputs: a, a_scale,
   * a_zero_point, b, b_scale, b_zero_point, y_scale, y_zero_point. Source: ONNX QLinearMatMul.
   */
  record QLinearMatMul() implements IntegerProductOp {
    @Override
    public String name() {
      return "QLinearMatMul";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(8, 8).requireDType(0, "a", EIGHT_BITS);
      in.requireDType(3, "b", EIGHT_BITS);
      requirePair(in, 0, 2);
      requirePair(in, 3, 5);
      requireScales(in, 1, 4, 6);
      DType y = in.requireDType(7, "y_zero_point", EIGHT_BITS);
      return List.of(new TensorType(y, MatMul.product(in, 0, 3)));
    }
  }

  /**
   * The convolution of x - x_zero_point with w - w_zero_point, int32, as {@link Conv}. Inputs: x,
   * w, optionally x_zero_point, w_zero_point (one, or one for each output channel). Source: ONNX
   * ConvInteger.
   */
  record ConvInteger(Window window, int group) implements IntegerProductOp {
    @Override
    public String name() {
      return "ConvInteger";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Precision precision() {
      return Precision.EXACT;
    }

    @Override
    public Attributes attributes() {
      return new Conv(window, group).attributes();
    }

    static ConvInteger read(Attributes attributes) {
      Conv conv = Conv.read(attributes);
      return new ConvInteger(conv.window(), conv.group());
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(2, 4).requireDType(0, "x", BYTES);
      in.requireDType(1, "w", BYTES);
      requirePair(in, 0, 2);
      requirePair(in, 1, 3);
      requireSizes(in, "x_zero_point", 2, Dim.of(1));
      requireChannels(in, "w_zero_point", 3, 1);
      Shape y = Conv.output(in, window, group, 0, 1, in.count());
      return List.of(new TensorType(DType.INT32, y));
    }
  }

  /**
   * The convolution of x with w as {@link Conv}, all of them quantised. Inputs: x, x_scale,
   * x_zero_point, w, w_scale, w_zero_point (one each, or one for each output channel), y_scale,
   * y_zero_point, optionally B of int32, whose scale is x_scale * w_scale. Source: ONNX
   * QLinearConv.
   */
  record QLinearConv(Window window, int group) implements IntegerProductOp {
    @Override
    public String name() {
      return "QLinearConv";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Attributes attributes() {
      return new Conv(window, group).attributes();
    }

    static QLinearConv read(Attributes attributes) {
      Conv conv = Conv.read(attributes);
      return new QLinearConv(conv.window(), conv.group());
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(8, 9).requireDType(0, "x", BYTES);
      in.requireDType(3, "w", BYTES);
      requirePair(in, 0, 2);
      requirePair(in, 3, 5);
      for (int scale : new int[] {1, 4, 6}) {
        in.requireDType(scale, "scale", Set.of(DType.FLOAT32));
      }
      requireSizes(in, "x_scale", 1, Dim.of(1));
      requireSizes(in, "x_zero_point", 2, Dim.of(1));
      requireChannels(in, "w_scale", 4, 3);
      requireChannels(in, "w_zero_point", 5, 3);
      requireSizes(in, "y_scale", 6, Dim.of(1));
      requireSizes(in, "y_zero_point", 7, Dim.of(1));
      if (in.has(8)) {
        in.requireDType(8, "B", Set.of(DType.INT32));
      }
      DType y = in.requireDType(7, "y_zero_point", BYTES);
      return List.of(new TensorType(y, Conv.output(in, window, group, 0, 3, 8)));
    }
  }

  private static void requirePair(Inputs in, int numbers, int zero) {
    if (in.has(zero)) {
      in.sameDType(numbers, zero);
    }
  }

  private static void requireScales(Inputs in, int... indices) {
    for (int index : indices) {
      in.requireDType(index, "scale", Inputs.FLOATS);
    }
    in.sameDType(indices);
  }

  private static void requireChannels(Inputs in, String name, int index, int weights) {
    Shape w = in.tensor(weights, "w").shape();
    if (w.isKnown() && w.rank() > 0) {
      requireSizes(in, name, index, w.dim(0));
    }
  }

  /** Demands one element, or a vector of some. */
  private static void requireSizes(Inputs in, String name, int index, Dim many) {
    if (!in.has(index) || !in.tensor(index, name).shape().isKnown()) {
      return;
    }
    Shape shape = in.tensor(index, name).shape();
    boolean fits = shape.rank() == 0 || shape.rank() == 1 && shape.dim(0).equals(Dim.of(1));
    if (!fits && (shape.rank() != 1 || shape.dim(0).differsFrom(many))) {
      throw in.shapeError(name + " must have 1 or " + many + " elements, found " + shape);
    }
  }
}
