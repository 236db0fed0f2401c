package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;

/** Normalisations and Dropout, which had a mode of training where only inference is left. */
final class NormalizationForms {
  private NormalizationForms() {}

  /**
   * Before opset 14 one output meant inference, before 7 is_test said it too, and before 9 the
   * statistics could be those of each element. Source: ONNX BatchNormalization-7.
   */
  static void batch(Draft node) {
    if (!node.olderThan(14)) {
      return;
    }
    boolean training = node.olderThan(7) && !node.attributes().bool("is_test", true);
    for (int i = 1; i < node.outputs(); i++) {
      training |= node.hasOutput(i);
    }
    boolean each = node.olderThan(9) && !node.attributes().bool("spatial", true);
    node.drop("is_test", "spatial", "momentum");
    node.keepOutputs(1);
    if (training) {
      node.refuse();
    } else if (each && !node.rank(0).equals(Optional.of(2))) {
      eachElement(node);
    }
  }

  /** (X - mean) / sqrt(var + epsilon) * scale + B with statistics of the shape of X[0]. */
  private static void eachElement(Draft node) {
    Optional<Integer> rank = node.rank(0);
    boolean fits = rank.isPresent() && node.rank(1).equals(rank.map(r -> r - 1));
    Optional<DType> dtype = node.dtype(0).filter(DType::isFloat);
    if (!fits || dtype.isEmpty()) {
      node.refuse();
      return;
    }
    float epsilon = node.attributes().floating("epsilon", 1e-5f);
    String small = node.constant("epsilon", scalar(epsilon, dtype.get()));
    Attributes none = Attributes.none();
    String centred = node.before("Sub", none, node.input(0), node.input(3));
    String variance = node.before("Add", none, node.input(4), small);
    String deviation = node.before("Sqrt", none, variance);
    String unit = node.before("Div", none, centred, deviation);
    String scaled = node.before("Mul", none, unit, node.input(1));
    node.become("Add", none);
    node.inputs(scaled, node.input(2));
  }

  /** Before opset 21 scale and bias had one element per group. */
  static void group(Draft node) {
    if (!node.olderThan(21)) {
      return;
    }
    Optional<Long> channels = node.size(0, 1);
    long groups = node.attributes().integer("num_groups", 0);
    if (channels.isEmpty() || groups < 1 || channels.get() % groups != 0) {
      node.refuse();
      return;
    }
    long each = channels.get() / groups;
    if (each > 1) {
      node.input(1, perChannel(node, node.input(1), groups, each));
      node.input(2, perChannel(node, node.input(2), groups, each));
    }
  }

  private static String perChannel(Draft node, String perGroup, long groups, long each) {
    Attributes none = Attributes.none();
    String column = node.before("Unsqueeze", none, perGroup, node.vector("axes", List.of(1L)));
    String wide = node.before("Expand", none, column, node.vector("groups", List.of(groups, each)));
    return node.before("Reshape", none, wide, node.vector("channels", List.of(-1L)));
  }

  /**
   * Before opset 12 it did nothing but in training; the mask had the type of the data before 10.
   */
  static void dropout(Draft node) {
    if (!node.olderThan(12)) {
      return;
    }
    boolean training = node.olderThan(7) && !node.attributes().bool("is_test", true);
    if (training) {
      node.refuse();
      return;
    }
    if (node.hasOutput(1)) {
      String dims = node.before("Shape", Attributes.none(), node.input(0));
      Attribute one = Attribute.ofScalar(1f);
      String ones = node.before("ConstantOfShape", Attributes.none().with("value", one), dims);
      if (node.olderThan(10)) {
        node.after("CastLike", Attributes.none(), node.output(1), ones, node.input(0));
      } else {
        node.after("Cast", AxesForms.castTo(DType.BOOL), node.output(1), ones);
      }
    }
    node.keepOutputs(1);
    node.become("Identity", Attributes.none());
  }

  /** A number of one of the float types. */
  static DenseTensor scalar(float value, DType dtype) {
    return Tensor.scalar(value).dense().convert(dtype);
  }
}
