package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Graphs of one node each: functions, pools, norms, losses and what is quantised. */
final class MathGraphs {
  private static final Attribute TWO = new Attribute.Ints(List.of(2L, 2L));
  private static final DenseTensor SCALE = Tensor.of(new float[] {0.5f}).dense();
  private static final DenseTensor ZERO = (DenseTensor) Tensor.zeros(DType.UINT8);

  private MathGraphs() {}

  private static TensorType f(long... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  private static TensorType u8(long... dims) {
    return TensorType.of(DType.UINT8, dims);
  }

  private static Op op(String name) {
    return op(name, Attributes.none());
  }

  private static Op op(String name, Attributes attributes) {
    return Operators.read(name, attributes).orElseThrow();
  }

  private static Attributes with(String name, Attribute value) {
    return Attributes.none().with(name, value);
  }

  static List<Graph> all() {
    List<Graph> result = new ArrayList<>();
    Stream.of("Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cosh", "Sinh", "Tan", "Shrink")
        .forEach(name -> result.add(Graphs.oneNode(op(name), f(2, 3))));
    result.add(Graphs.oneNode(op("Swish"), f(2, 3)));
    Stream.of("BitwiseAnd", "BitwiseOr", "BitwiseXor")
        .forEach(name -> result.add(Graphs.oneNode(op(name), u8(2, 3), u8(3))));
    result.add(Graphs.oneNode(op("BitwiseNot"), u8(2, 3)));
    Attributes left = with("direction", Attribute.of("LEFT"));
    result.add(Graphs.oneNode(op("BitShift", left), u8(2, 3), u8(3)));
    result.add(Graphs.oneNode(op("Det"), f(2, 3, 3)));
    Attributes equation = with("equation", Attribute.of("bij,bjk->bik"));
    result.add(Graphs.oneNode(op("Einsum", equation), f(2, 3, 4), f(2, 4, 5)));
    result.add(Graphs.oneNode(op("EyeLike"), f(3, 4)));
    result.addAll(pools());
    result.addAll(norms());
    result.addAll(quantised());
    return result;
  }

  /** What ONNX Runtime 1.29 does not have. */
  static List<Graph> newer() {
    return List.of(Graphs.oneNode(op("CumProd"), f(2, 3), Tensor.scalar(1L)));
  }

  private static List<Graph> pools() {
    Attributes kernel = with("kernel_shape", TWO);
    Attributes pooled = with("pooled_shape", TWO);
    var batch = Graphs.longs(0);
    return List.of(
        Graphs.oneNode(op("GlobalLpPool"), f(1, 2, 4, 4)),
        Graphs.oneNode(op("LpPool", kernel), f(1, 2, 4, 4)),
        Graphs.oneNode(
            op("MaxUnpool", kernel), f(1, 1, 1, 1), Tensor.zeros(DType.INT64, 1, 1, 1, 1)),
        Graphs.oneNode(op("MaxRoiPool", pooled), f(1, 1, 4, 4), Tensor.zeros(1, 5)),
        Graphs.oneNode(op("RoiAlign"), f(1, 1, 4, 4), Tensor.ones(1, 4), batch));
  }

  private static List<Graph> norms() {
    Attributes size = with("size", Attribute.of(3));
    var target = Graphs.longs(0, 2);
    return List.of(
        Graphs.oneNode(op("Dropout"), f(2, 3)),
        Graphs.oneNode(op("Hardmax"), f(2, 3)),
        Graphs.oneNode(op("LpNormalization"), f(2, 3)),
        Graphs.oneNode(op("LRN", size), f(1, 4, 2, 2)),
        Graphs.oneNode(op("MeanVarianceNormalization"), f(1, 2, 3, 3)),
        Graphs.oneNode(op("NegativeLogLikelihoodLoss"), f(2, 3), target),
        Graphs.oneNode(op("SoftmaxCrossEntropyLoss"), f(2, 3), target));
  }

  private static List<Graph> quantised() {
    Attributes kernel = with("kernel_shape", TWO);
    return List.of(
        Graphs.oneNode(op("QuantizeLinear"), f(2, 3), SCALE, ZERO),
        Graphs.oneNode(op("DequantizeLinear"), u8(2, 3), SCALE, ZERO),
        Graphs.oneNode(op("DynamicQuantizeLinear"), f(2, 3)),
        Graphs.oneNode(op("MatMulInteger"), u8(2, 3), u8(3, 4)),
        Graphs.oneNode(op("ConvInteger", kernel), u8(1, 1, 3, 3), u8(1, 1, 2, 2)),
        Graphs.oneNode(
            op("QLinearMatMul"), u8(2, 3), SCALE, ZERO, u8(3, 4), SCALE, ZERO, SCALE, ZERO),
        Graphs.oneNode(
            op("QLinearConv", kernel),
            u8(1, 1, 3, 3),
            SCALE,
            ZERO,
            Tensor.ones(DType.UINT8, 1, 1, 2, 2),
            SCALE,
            ZERO,
            SCALE,
            ZERO));
  }
}
