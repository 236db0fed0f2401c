package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node in the form of the newest operator set.
 *
 * @param attributes what is left as attributes
 * @param constants what was an attribute and now must become an input
 * @param known whether the node means in the newest form what it meant in its own
 */
public record Upgrade(Attributes attributes, List<Constant> constants, boolean known) {

  /** An input that was an attribute; its name is the attribute's. */
  public record Constant(int index, String name, DenseTensor tensor) {}

  /**
   * The newest form of a node.
   *
   * @param opset the opset that the node was written for
   * @param inputs the types of its inputs, empty where absent or not known
   * @param outputs how many outputs it has
   */
  public static Upgrade of(
      String operator,
      int opset,
      Attributes attributes,
      List<Optional<ValueType>> inputs,
      int outputs) {
    return switch (operator) {
      case "Squeeze", "Unsqueeze", "ReduceSum" ->
          opset < 13 ? toInputs(attributes, 1, "axes") : same(attributes);
      case "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2" ->
          opset < 18 ? toInputs(attributes, 1, "axes") : same(attributes);
      case "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare" ->
          opset < 18 ? toInputs(attributes, 1, "axes") : same(attributes);
      case "Slice" ->
          opset < 10 ? toInputs(attributes, 1, "starts", "ends", "axes") : same(attributes);
      case "Split" -> opset < 18 ? split(attributes, inputs.size(), outputs) : same(attributes);
      case "TopK" -> opset < 10 ? topK(attributes) : same(attributes);
      case "Resize" -> new Upgrade(attributes, List.of(), opset >= 11);
      case "Pad" -> opset < 11 ? pad(attributes, inputs) : same(attributes);
      case "Softmax", "LogSoftmax" -> opset < 13 ? lastAxis(attributes, inputs) : same(attributes);
      // Before opset 21 scale and bias had one element per group.
      case "GroupNormalization" -> new Upgrade(attributes, List.of(), opset >= 21);
      case "DFT" -> opset < 20 ? axisInput(attributes) : same(attributes);
      case "Conv", "ConvTranspose" -> same(withKernel(attributes, inputs));
      default -> same(attributes);
    };
  }

  private static Upgrade same(Attributes attributes) {
    return new Upgrade(attributes, List.of(), true);
  }

  /** Attributes that are lists of integers become inputs from an index on. */
  private static Upgrade toInputs(Attributes attributes, int first, String... names) {
    Attributes rest = attributes;
    List<Constant> constants = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      if (attributes.byName().get(names[i]) instanceof Attribute.Ints(List<Long> values)) {
        constants.add(new Constant(first + i, names[i], vector(values)));
        rest = without(rest, names[i]);
      }
    }
    return new Upgrade(rest, List.copyOf(constants), true);
  }

  /** Before opset 20 the axis of DFT was an attribute with another default. */
  private static Upgrade axisInput(Attributes attributes) {
    DenseTensor axis = Tensor.scalar(attributes.integer("axis", 1)).dense();
    return new Upgrade(without(attributes, "axis"), List.of(new Constant(2, "axis", axis)), true);
  }

  /** Before opset 18 the number of equal parts was that of the outputs. */
  private static Upgrade split(Attributes attributes, int inputs, int outputs) {
    Upgrade sizes = toInputs(attributes, 1, "split");
    return inputs > 1 || !sizes.constants().isEmpty()
        ? sizes
        : same(attributes.with("num_outputs", Attribute.of(outputs)));
  }

  private static Upgrade pad(Attributes attributes, List<Optional<ValueType>> inputs) {
    Upgrade pads = toInputs(attributes, 1, "pads");
    float value = attributes.floating("value", 0);
    boolean float32 =
        !inputs.isEmpty()
            && inputs.getFirst().isPresent()
            && inputs.getFirst().get() instanceof TensorType type
            && type.dtype() == DType.FLOAT32;
    List<Constant> constants = new ArrayList<>(pads.constants());
    if (value != 0) {
      constants.add(new Constant(2, "value", Tensor.scalar(value).dense()));
    }
    return new Upgrade(without(pads.attributes(), "value"), constants, value == 0 || float32);
  }

  /** Before opset 10 the number of elements was an attribute. */
  private static Upgrade topK(Attributes attributes) {
    if (!(attributes.byName().get("k") instanceof Attribute.IntValue(long k))) {
      return same(attributes);
    }
    return new Upgrade(
        without(attributes, "k"), List.of(new Constant(1, "k", vector(List.of(k)))), true);
  }

  private static DenseTensor vector(List<Long> elements) {
    long[] array = elements.stream().mapToLong(Long::longValue).toArray();
    return Tensor.of(array, array.length).dense();
  }

  /**
   * Before opset 13 all dims from the axis on were taken as one; that is the newest form only where
   * the axis is the last.
   */
  private static Upgrade lastAxis(Attributes attributes, List<Optional<ValueType>> inputs) {
    int axis = attributes.int32("axis", 1);
    Optional<Integer> rank = shape(inputs, 0).filter(Shape::isKnown).map(Shape::rank);
    boolean last = axis == -1 || rank.isPresent() && axis == rank.get() - 1;
    return new Upgrade(attributes.with("axis", Attribute.of(axis)), List.of(), last);
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

  private static Attributes without(Attributes attributes, String name) {
    Map<String, Attribute> rest = new LinkedHashMap<>(attributes.byName());
    rest.remove(name);
    return new Attributes(rest);
  }
}
