package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.List;
import java.util.Map;

/** A graph in which inputs have other names. */
final class Renaming {
  private final Map<String, String> names;

  private Renaming(Map<String, String> names) {
    this.names = names;
  }

  /** The graph with inputs renamed, here and where they are used. */
  static Graph of(Graph graph, Map<String, String> names) {
    var renaming = new Renaming(names);
    return new Graph(
        graph.name(),
        renaming.values(graph.inputs()),
        renaming.values(graph.outputs()),
        graph.nodes().stream().map(renaming::node).toList(),
        graph.initializers(),
        graph.metadata());
  }

  private Node node(Node node) {
    return new Node(node.name(), node.op(), values(node.inputs()), node.outputs(), node.origin());
  }

  private List<Value> values(List<Value> values) {
    return values.stream()
        .map(value -> new Value(names.getOrDefault(value.name(), value.name()), value.type()))
        .toList();
  }
}
