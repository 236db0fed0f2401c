package dev.sardonyx.api.graph;

import dev.sardonyx.api.tensor.DenseTensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A computation: nodes in an order in which each comes after those it needs, with ONNX's semantics
 * at the newest opset. Initializers are constants by name, weights under their state_dict names.
 */
public record Graph(
    String name,
    List<Value> inputs,
    List<Value> outputs,
    List<Node> nodes,
    Map<String, DenseTensor> initializers,
    Map<String, String> metadata) {
  /** Metadata of this beginning tells what a trace took from a container at a path. */
  public static final String CHOICE = "choice.";

  public Graph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    nodes = List.copyOf(nodes);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The node that defines each value. */
  public Map<String, Node> producers() {
    Map<String, Node> result = new HashMap<>();
    for (Node node : nodes) {
      for (Value output : node.outputs()) {
        result.put(output.name(), node);
      }
    }
    return result;
  }

  /** The same with other nodes. */
  public Graph withNodes(List<Node> changed) {
    return new Graph(name, inputs, outputs, changed, initializers, metadata);
  }

  /** The same with other outputs. */
  public Graph withOutputs(List<Value> changed) {
    return new Graph(name, inputs, changed, nodes, initializers, metadata);
  }

  /** The same with other initializers. */
  public Graph withInitializers(Map<String, DenseTensor> changed) {
    return new Graph(name, inputs, outputs, nodes, changed, metadata);
  }

  /** The printed program; see {@link GraphPrinter}. */
  @Override
  public String toString() {
    return GraphPrinter.print(this);
  }
}
