package dev.sardonyx.api.graph;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a well-formed graph: every value is defined once, before its use; every output
 * exists; types are what inference says. Source: ONNX IR specification.
 */
public final class GraphChecker {
  private final Map<String, String> definitions = new HashMap<>();

  private GraphChecker() {}

  /** Checks a graph and returns it. Errors: GRAPH, SHAPE or DTYPE, at the node. */
  public static Graph check(Graph graph) {
    new GraphChecker().checkNames(graph);
    Graph inferred = GraphInference.infer(graph);
    for (int i = 0; i < graph.outputs().size(); i++) {
      checkOutput(graph.outputs().get(i), inferred.outputs().get(i));
    }
    return graph;
  }

  private void checkNames(Graph graph) {
    Set<String> inputs = new HashSet<>();
    for (Value input : graph.inputs()) {
      define(input.name(), "an input");
      inputs.add(input.name());
    }
    for (String name : graph.initializers().keySet()) {
      if (!inputs.contains(name)) { // an initializer may give an input its default value
        define(name, "an initializer");
      }
    }
    Set<String> nodeNames = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (!node.name().isEmpty() && !nodeNames.add(node.name())) {
        throw new SardonyxException(
            ErrorCode.GRAPH, "two nodes have the name '" + node.name() + "'");
      }
      checkInputs(node);
      node.outputs().stream()
          .filter(Value::isPresent)
          .forEach(output -> define(output.name(), "node " + node.place()));
    }
    requireDefined(graph.outputs());
  }

  private void checkInputs(Node node) {
    for (Value input : node.inputs()) {
      if (input.isPresent() && !definitions.containsKey(input.name())) {
        throw new SardonyxException(
                ErrorCode.GRAPH,
                "value '" + input.name() + "' is used but not defined by an earlier node")
            .at(node.place());
      }
    }
  }

  private void requireDefined(List<Value> outputs) {
    for (Value output : outputs) {
      if (!definitions.containsKey(output.name())) {
        throw new SardonyxException(
            ErrorCode.GRAPH, "output '" + output.name() + "' is not defined by any node");
      }
    }
  }

  private void define(String name, String by) {
    String earlier = definitions.putIfAbsent(name, by);
    if (earlier != null) {
      throw new SardonyxException(
          ErrorCode.GRAPH,
          "value '" + name + "' is defined twice: by " + earlier + " and by " + by);
    }
  }

  private static void checkOutput(Value declared, Value inferred) {
    boolean clash =
        declared.type() instanceof TensorType(var dtype, var shape)
            && inferred.type() instanceof TensorType(var found, var dims)
            && (dtype != found || shape.isKnown() && dims.isKnown() && shape.rank() != dims.rank());
    if (clash) {
      throw new SardonyxException(
          ErrorCode.GRAPH,
          "output '"
              + declared.name()
              + "' is declared "
              + declared.type()
              + " but is "
              + inferred.type());
    }
  }
}
