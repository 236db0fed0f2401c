package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.interpret.ComputationCache;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.plan.Support;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a graph can be planned: nodes of fixed shapes that need nothing else. */
final class StaticPart {
  private StaticPart() {}

  /** Whether all of a graph whose types are inferred can be planned. */
  static boolean isWhole(Graph graph, ComputationCache computations) {
    return graph.inputs().stream().allMatch(value -> isPlannable(value.type()))
        && graph.nodes().stream().allMatch(node -> isPlannable(graph, node, computations));
  }

  /** The part of a graph that can be planned; its outputs are what the rest of the graph needs. */
  static Graph of(Graph graph, ComputationCache computations) {
    Set<String> known = new HashSet<>(graph.initializers().keySet());
    List<Value> inputs = new ArrayList<>();
    for (Value input : graph.inputs()) {
      if (isPlannable(input.type())) {
        inputs.add(input);
        known.add(input.name());
      }
    }
    List<Node> nodes = new ArrayList<>();
    Set<String> needed = new HashSet<>();
    List<Value> computed = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Cancellation.poll();
      boolean ready =
          node.inputs().stream().allMatch(v -> !v.isPresent() || known.contains(v.name()));
      if (ready && isPlannable(graph, node, computations)) {
        nodes.add(node);
        for (Value output : node.outputs()) {
          if (output.isPresent()) {
            known.add(output.name());
            computed.add(output);
          }
        }
      } else {
        node.inputs().forEach(value -> needed.add(value.name()));
      }
    }
    graph.outputs().forEach(value -> needed.add(value.name()));
    List<Value> outputs = computed.stream().filter(value -> needed.contains(value.name())).toList();
    return new Graph(graph.name(), inputs, outputs, nodes, graph.initializers(), Map.of());
  }

  private static boolean isPlannable(Graph graph, Node node, ComputationCache computations) {
    boolean chosen =
        Support.plannedBy(node.op()).stream()
            .filter(index -> index < node.inputs().size())
            .map(index -> node.inputs().get(index))
            .allMatch(v -> !v.isPresent() || graph.initializers().containsKey(v.name()));
    return chosen
        && hasRoutine(node, computations)
        && node.inputs().stream().allMatch(v -> !v.isPresent() || isPlannable(v.type()))
        && node.outputs().stream().allMatch(v -> !v.isPresent() || isPlannable(v.type()));
  }

  private static boolean hasRoutine(Node node, ComputationCache computations) {
    try {
      return computations.of(node.op()).isEmpty();
    } catch (SardonyxException refused) { // a pattern, or a table
      throw refused.at(node.place());
    }
  }

  private static boolean isPlannable(ValueType type) {
    return type instanceof TensorType tensor
        && tensor.dtype() != DType.STRING
        && tensor.shape().isFixed();
  }
}
