package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Normalisations and Dropout, which had a mode of training where only inference is left. */
final class NormalizationForms {
  private NormalizationForms() {}

  /**
   * Before opset 14 one output meant inference unless, before 7, is_test said that it did not; more
   * meant training. Before 9 the statistics could be those of each element. Source: ONNX
   * BatchNormalization-7.
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
    node.drop("is_test", "spatial");
    if (each && !node.rank(0).equals(Optional.of(2)) && !eachElement(node)) {
      node.refuse();
    } else if (training) {
      node.set("training_mode", Attribute.of(true));
      savedStatistics(node);
      node.keepOutputs(3);
    } else {
      node.drop("momentum");
      node.keepOutputs(1);
    }
  }

  /** Each element of X[0] becomes a channel; whether the statistics have one for each. */
  private static boolean eachElement(Draft node) {
    Optional<Integer> rank = node.rank(0);
    if (rank.isEmpty() || !node.rank(1).equals(rank.map(r -> r - 1))) {
      return false;
    }
    Attributes none = Attributes.none();
    String whole = node.before("Shape", none, node.input(0));
    String each = node.before("Shape", none, node.input(1));
    node.input(0, node.before("Flatten", none, node.input(0)));
    String flat = node.vector("flat", List.of(-1L));
    for (int i = 1; i < 5; i++) {
      node.input(i, node.before("Reshape", none, node.input(i), flat));
    }
    for (int i = 0; i < node.outputs(); i++) {
      if (node.hasOutput(i)) {
        String output = node.output(i);
        node.after("Reshape", none, output, node.divert(i), i == 0 ? whole : each);
      }
    }
    return true;
  }

  /** The last outputs were the mean and variance of X: with a momentum of 0 the others are. */
  private static void savedStatistics(Draft node) {
    if (node.hasOutput(3) || node.hasOutput(4)) {
      Attributes attributes = node.attributes().with("momentum", Attribute.of(0f));
      List<String> outputs = List.of(node.fresh("unused"), node.output(3), node.output(4));
      List<String> inputs = IntStream.range(0, 5).mapToObj(node::input).toList();
      node.before(node.operator(), attributes, inputs, outputs);
    }
  }

  /** Before opset 21 scale and bias had one element per group. */
  static void group(Draft node) {
    if (!node.olderThan(21)) {
      return;
    }
    Optional<Long> channels = node.size(0, 1);
    long groups = node.attributes().integer("num_groups", 0);
    if (groups < 1 || channels.isPresent() && channels.get() % groups != 0) {
      node.refuse();
    } else if (channels.isEmpty()) {
      perChannel(node, channelsOfGroups(node, groups));
    } else if (channels.get() > groups) {
      perChannel(node, node.vector("groups", List.of(groups, channels.get() / groups)));
    }
  }

  /** The number of groups and that of channels in each, where the run alone tells it. */
  private static String channelsOfGroups(Draft node, long groups) {
    Attributes second =
        Attributes.none().with("start", Attribute.of(1L)).with("end", Attribute.of(2L));
    String channels = node.before("Shape", second, node.input(0));
    String number = node.vector("groups", List.of(groups));
    String each = node.before("Div", Attributes.none(), channels, number);
    return node.before("Concat", Attributes.none().with("axis", Attribute.of(0)), number, each);
  }

  private static void perChannel(Draft node, String shape) {
    for (int i = 1; i <= 2; i++) {
      Attributes none = Attributes.none();
      String axes = node.vector("axes", List.of(1L));
      String column = node.before("Unsqueeze", none, node.input(i), axes);
      String wide = node.before("Expand", none, column, shape);
      node.input(i, node.before("Reshape", none, wide, node.vector("channels", List.of(-1L))));
    }
  }

  /**
   * Before opset 12 it did nothing but in training, which until opset 6 is_test told; the mask had
   * the type of the data before 10.
   */
  static void dropout(Draft node) {
    if (!node.olderThan(12)) {
      return;
    }
    boolean training = node.olderThan(7) && !node.attributes().bool("is_test", true);
    if (training) {
      float ratio = node.attributes().floating("ratio", 0.5f);
      node.input(1, node.constant("ratio", Tensor.scalar(ratio).dense()));
      node.input(2, node.constant("training_mode", Tensor.of(new boolean[] {true}).dense()));
      node.drop("is_test", "ratio");
      if (node.hasOutput(1)) {
        String mask = node.output(1);
        node.after("CastLike", Attributes.none(), mask, node.divert(1), node.input(0));
      }
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
