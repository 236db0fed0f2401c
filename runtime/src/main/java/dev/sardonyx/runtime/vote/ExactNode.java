package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One node computed in float64: by ONNX's definition of its operator in plain loops that share
 * nothing with an engine's kernels, else, less independent, by the native engine's plain loops in
 * float64. Elements are computed when they are asked for, so that a large node costs nothing until
 * then. Only the shapes of outputs are those of the operator's own inference.
 */
public final class ExactNode {
  private final String voter;
  private final Map<String, Exact> outputs;
  private final Optional<String> unknown;

  private ExactNode(String voter, Map<String, Exact> outputs, Optional<String> unknown) {
    this.voter = voter;
    this.outputs = outputs;
    this.unknown = unknown;
  }

  /**
   * The node with these values as its inputs. Never fails: what cannot be computed is {@link
   * #unknown}.
   *
   * @param values by name, at least the node's inputs
   */
  public static ExactNode of(Node node, Map<String, ? extends Data> values) {
    String operator = node.op().name();
    try {
      List<Optional<DenseTensor>> inputs = inputs(node, values);
      List<Exact> defined = Definitions.of(node.op(), operands(node, inputs));
      if (!defined.isEmpty()) {
        return known(node, operator + " by its definition", defined);
      }
      if (node.op().precision() == Precision.RANDOM) {
        return unknown(operator + " draws random numbers");
      }
      List<Exact> native64 = NativeInDouble.of(node, inputs);
      return native64.isEmpty()
          ? unknown("nobody defines " + operator + " on such inputs here")
          : known(node, operator + " by the native engine's plain loops", native64);
    } catch (SardonyxException error) {
      return unknown(operator + " cannot be computed in float64: " + error.getMessage());
    }
  }

  private static ExactNode unknown(String reason) {
    return new ExactNode("", Map.of(), Optional.of(reason));
  }

  private static ExactNode known(Node node, String voter, List<Exact> results) {
    Map<String, Exact> outputs = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
      if (node.outputs().get(i).isPresent()) {
        outputs.put(node.outputs().get(i).name(), results.get(i));
      }
    }
    return new ExactNode(voter, outputs, Optional.empty());
  }

  private static List<Optional<DenseTensor>> inputs(Node node, Map<String, ? extends Data> values) {
    List<Optional<DenseTensor>> result = new ArrayList<>();
    for (Value input : node.inputs()) {
      Data value = input.isPresent() ? values.get(input.name()) : null;
      if (!input.isPresent()) {
        result.add(Optional.empty());
      } else if (value instanceof Tensor tensor && tensor.dtype().isReal()) {
        result.add(Optional.of(tensor.dense()));
      } else {
        throw Integers.open(
            "a distance for its input " + input.name() + ", which is no tensor of real numbers");
      }
    }
    return result;
  }

  private static Operands operands(Node node, List<Optional<DenseTensor>> inputs) {
    var known =
        new Inputs(
            node.op().name(),
            inputs.stream().map(input -> input.map(GraphInference::constant)).toList());
    List<TensorType> types = new ArrayList<>();
    for (ValueType type : node.op().infer(known)) {
      if (!(type instanceof TensorType tensor)) {
        break;
      }
      types.add(tensor);
    }
    return new Operands(inputs.stream().map(input -> input.<Exact>map(Given::of)).toList(), types);
  }

  /** Who computes it, in words: {@code MatMul by its definition}; empty where nobody does. */
  public String voter() {
    return voter;
  }

  /** Why nobody computes it, if so. */
  public Optional<String> unknown() {
    return unknown;
  }

  /** An output by its name; empty where it is not computed. */
  public Optional<Exact> output(String name) {
    return Optional.ofNullable(outputs.get(name));
  }

  /** An element of an output by its row-major index; empty where it is not known. */
  public OptionalDouble at(String output, long index) {
    Exact exact = outputs.get(output);
    try {
      return exact == null || index >= exact.elements()
          ? OptionalDouble.empty()
          : OptionalDouble.of(exact.at(index));
    } catch (SardonyxException open) {
      return OptionalDouble.empty();
    }
  }
}
