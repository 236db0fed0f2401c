package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes away nodes and initializers that no graph output needs; graph inputs stay. */
public final class RemoveDead implements Pass {
  @Override
  public String name() {
    return "remove-dead";
  }

  @Override
  public Graph apply(Graph graph) {
    Set<String> needed = new HashSet<>();
    graph.outputs().forEach(output -> needed.add(output.name()));
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes().reversed()) {
      if (node.outputs().stream().map(Value::name).anyMatch(needed::contains)) {
        nodes.add(node);
        node.inputs().stream().filter(Value::isPresent).forEach(input -> needed.add(input.name()));
      }
    }
    Map<String, DenseTensor> initializers = new LinkedHashMap<>(graph.initializers());
    initializers.keySet().retainAll(needed);
    boolean same =
        nodes.size() == graph.nodes().size() && initializers.size() == graph.initializers().size();
    return same ? graph : graph.withNodes(nodes.reversed()).withInitializers(initializers);
  }
}
