package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's attributes in the form of the newest operator set.
 *
 * @param attributes what is left as attributes
 * @param axes axes that were an attribute and now must become input 1
 * @param known whether the node means in the newest form what it meant in its own
 */
public record Upgrade(Attributes attributes, Optional<List<Long>> axes, boolean known) {

  /**
   * The newest form of a node.
   *
   * @param opset the opset that the node was written for
   * @param inputs the types of its inputs, empty where absent or not known
   */
  public static Upgrade of(
      String operator, int opset, Attributes attributes, List<Optional<ValueType>> inputs) {
    return switch (operator) {
      case "Squeeze", "Unsqueeze" -> opset < 13 ? axesToInput(attributes) : same(attributes);
      case "ReduceMean" ->
          opset < 18
              ? axesToInput(attributes)
              : same(withoutDefault(attributes, "noop_with_empty_axes"));
      case "Softmax", "LogSoftmax" -> opset < 13 ? lastAxis(attributes, inputs) : same(attributes);
      case "Shape" -> same(withoutDefault(attributes, "start"));
      case "Conv" -> same(withKernel(attributes, inputs));
      default -> same(attributes);
    };
  }

  private static Upgrade same(Attributes attributes) {
    return new Upgrade(attributes, Optional.empty(), true);
  }

  private static Upgrade axesToInput(Attributes attributes) {
    return attributes.byName().get("axes") instanceof Attribute.Ints(List<Long> axes)
        ? new Upgrade(without(attributes, "axes"), Optional.of(axes), true)
        : same(attributes);
  }

  /**
   * Before opset 13 all dims from the axis on were taken as one; that is the newest form only where
   * the axis is the last.
   */
  private static Upgrade lastAxis(Attributes attributes, List<Optional<ValueType>> inputs) {
    int axis = attributes.int32("axis", 1);
    Optional<Integer> rank = shape(inputs, 0).filter(Shape::isKnown).map(Shape::rank);
    boolean last = axis == -1 || rank.isPresent() && axis == rank.get() - 1;
    return new Upgrade(attributes.with("axis", Attribute.of(axis)), Optional.empty(), last);
  }

  /** The attribute kernel_shape may be left out where the weights tell it. */
  private static Attributes withKernel(Attributes attributes, List<Optional<ValueType>> inputs) {
    Optional<Shape> weights = shape(inputs, 1).filter(Shape::isFixed);
    boolean tells =
        !attributes.byName().containsKey("kernel_shape")
            && weights.isPresent()
            && weights.get().rank() > 2;
    if (!tells) {
      return attributes;
    }
    List<Dim> dims = weights.get().dims();
    return attributes.with(
        "kernel_shape",
        new Attribute.Ints(dims.subList(2, dims.size()).stream().map(Dim::fixed).toList()));
  }

  private static Optional<Shape> shape(List<Optional<ValueType>> inputs, int index) {
    return index < inputs.size()
        ? inputs
            .get(index)
            .filter(TensorType.class::isInstance)
            .map(type -> ((TensorType) type).shape())
        : Optional.empty();
  }

  /**
   * Some exporters write an attribute that is 0 by default; the vocabulary has only the default.
   */
  private static Attributes withoutDefault(Attributes attributes, String name) {
    return new Attribute.IntValue(0).equals(attributes.byName().get(name))
        ? without(attributes, name)
        : attributes;
  }

  private static Attributes without(Attributes attributes, String name) {
    Map<String, Attribute> rest = new LinkedHashMap<>(attributes.byName());
    rest.remove(name);
    return new Attributes(rest);
  }
}
