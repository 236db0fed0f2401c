package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A node on its way from the form of an older operator set to the newest: its attributes may change
 * or become inputs, and nodes may come before and after it.
 */
public final class Draft {
  private final String producer;
  private final int opset;
  private final List<Optional<Inputs.Input>> known;
  private final UnaryOperator<String> fresh;
  private final Map<String, DenseTensor> constants = new LinkedHashMap<>();
  private final List<Step> before = new ArrayList<>();
  private final List<Step> after = new ArrayList<>();
  private final List<String> inputs;
  private final List<String> outputs;
  private String operator;
  private Attributes attributes;
  private boolean refused;

  /**
   * A node as it stands in a file.
   *
   * @param producer the program that wrote the file
   * @param opset the version of its domain that it was written for
   * @param known what is known of its inputs, empty where absent or of unknown type
   * @param fresh a name that nothing has, for a stem
   */
  public Draft(
      Step node,
      String producer,
      int opset,
      List<Optional<Inputs.Input>> known,
      UnaryOperator<String> fresh) {
    this.producer = producer;
    this.opset = opset;
    this.known = List.copyOf(known);
    this.fresh = fresh;
    operator = node.operator();
    attributes = node.attributes();
    inputs = new ArrayList<>(node.inputs());
    outputs = new ArrayList<>(node.outputs());
  }

  /** The nodes that stand for it, in order; empty when no nodes of the newest forms do. */
  public List<Step> steps() {
    if (refused) {
      return List.of();
    }
    List<Step> result = new ArrayList<>(before);
    if (!operator.isEmpty()) {
      result.add(new Step("", operator, attributes, inputs, outputs));
    }
    result.addAll(after);
    return List.copyOf(result);
  }

  /** The constants that those nodes use, by name. */
  public Map<String, DenseTensor> constants() {
    return Collections.unmodifiableMap(constants);
  }

  /** No nodes of the newest forms mean what this one meant. */
  void refuse() {
    refused = true;
  }

  String operator() {
    return operator;
  }

  /** Whether the node was written before the operator set of a version. */
  boolean olderThan(int version) {
    return opset < version;
  }

  /** Whether a program wrote the file. */
  boolean isFrom(String program) {
    return producer.equals(program);
  }

  Attributes attributes() {
    return attributes;
  }

  boolean has(String attribute) {
    return attributes.byName().containsKey(attribute);
  }

  void set(String attribute, Attribute value) {
    attributes = attributes.with(attribute, value);
  }

  void drop(String... names) {
    Map<String, Attribute> rest = new LinkedHashMap<>(attributes.byName());
    List.of(names).forEach(rest::remove);
    attributes = new Attributes(rest);
  }

  /** Makes it another operator. */
  void become(String other, Attributes itsAttributes) {
    operator = other;
    attributes = itsAttributes;
  }

  /** Leaves it out: the nodes before and after do all that it did. */
  void vanish() {
    operator = "";
  }

  /** How many inputs there are, trailing absent ones included. */
  int inputs() {
    return inputs.size();
  }

  /** The name of an input; empty when it is absent. */
  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  boolean hasInput(int index) {
    return !input(index).isEmpty();
  }

  /** Puts a value in the place of an input; those in between are absent. */
  void input(int index, String name) {
    while (inputs.size() <= index) {
      inputs.add("");
    }
    inputs.set(index, name);
  }

  /** The inputs from then on are these. */
  void inputs(String... names) {
    inputs.clear();
    inputs.addAll(List.of(names));
  }

  /** What is known of an input of the node as it stands in the file. */
  Optional<Inputs.Input> known(int index) {
    return index < known.size() ? known.get(index) : Optional.empty();
  }

  private Optional<TensorType> type(int index) {
    return known(index)
        .map(Inputs.Input::type)
        .filter(TensorType.class::isInstance)
        .map(TensorType.class::cast);
  }

  Optional<DType> dtype(int index) {
    return type(index).map(TensorType::dtype);
  }

  /** The shape of an input where its rank is known. */
  Optional<Shape> shape(int index) {
    return type(index).map(TensorType::shape).filter(Shape::isKnown);
  }

  Optional<Integer> rank(int index) {
    return shape(index).map(Shape::rank);
  }

  /** A dim of an input where it is known to be a number. */
  Optional<Long> size(int index, int axis) {
    return shape(index)
        .filter(shape -> axis < shape.rank())
        .map(shape -> shape.dims().get(axis))
        .filter(Dim::isFixed)
        .map(Dim::fixed);
  }

  /** How many outputs there are, trailing absent ones included. */
  int outputs() {
    return outputs.size();
  }

  String output(int index) {
    return index < outputs.size() ? outputs.get(index) : "";
  }

  boolean hasOutput(int index) {
    return !output(index).isEmpty();
  }

  /** Leaves only the first outputs. */
  void keepOutputs(int count) {
    while (outputs.size() > count) {
      outputs.removeLast();
    }
  }

  /** Gives an output another name, which is returned, so that a node after it can define it. */
  String divert(int index) {
    String name = fresh.apply(operator.toLowerCase(Locale.ROOT));
    outputs.set(index, name);
    return name;
  }

  /** A name that nothing has, for a stem. */
  String fresh(String stem) {
    return fresh.apply(stem);
  }

  /** A constant; its name tells what it is. */
  String constant(String stem, DenseTensor tensor) {
    String name = fresh.apply(stem);
    constants.put(name, tensor);
    return name;
  }

  /** A constant vector of int64. */
  String vector(String stem, List<Long> elements) {
    long[] array = elements.stream().mapToLong(Long::longValue).toArray();
    return constant(stem, Tensor.of(array, array.length).dense());
  }

  /** Puts a node of one output before it; returns the output. */
  String before(String newOperator, Attributes itsAttributes, String... itsInputs) {
    String output = fresh.apply(newOperator.toLowerCase(Locale.ROOT));
    before(newOperator, itsAttributes, List.of(itsInputs), List.of(output));
    return output;
  }

  /** Puts a node before it that defines these values. */
  void before(
      String newOperator,
      Attributes itsAttributes,
      List<String> itsInputs,
      List<String> itsOutputs) {
    String suffix = newOperator.toLowerCase(Locale.ROOT) + "_" + (before.size() + 1);
    before.add(new Step(suffix, newOperator, itsAttributes, itsInputs, itsOutputs));
  }

  /** Puts a node after it that defines a value. */
  void after(String newOperator, Attributes itsAttributes, String output, String... itsInputs) {
    String suffix = newOperator.toLowerCase(Locale.ROOT) + "_after";
    after.add(new Step(suffix, newOperator, itsAttributes, List.of(itsInputs), List.of(output)));
  }

  /** Makes an attribute that is a list of integers an input, where it is given. */
  void toInput(String attribute, int index) {
    if (attributes.byName().get(attribute) instanceof Attribute.Ints(List<Long> values)) {
      input(index, vector(attribute, values));
      drop(attribute);
    }
  }
}
