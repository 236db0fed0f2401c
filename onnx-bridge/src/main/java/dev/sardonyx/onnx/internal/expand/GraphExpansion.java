package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Expands in a graph, and in the graphs within its nodes, what an operator set does not have. */
public final class GraphExpansion {
  private final int opset;
  private final Set<String> taken = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> initializers;

  private GraphExpansion(Graph graph, int opset) {
    this.opset = opset;
    initializers = new LinkedHashMap<>(graph.initializers());
    taken.addAll(graph.initializers().keySet());
    graph.inputs().stream().map(Value::name).forEach(taken::add);
    for (Node node : graph.nodes()) {
      taken.add(node.name());
      node.outputs().stream().map(Value::name).forEach(taken::add);
    }
  }

  /** The graph in operators of an opset, as far as expansions go. */
  public static Graph of(Graph graph, int opset) {
    var expansion = new GraphExpansion(graph, opset);
    graph.nodes().forEach(expansion::add);
    return graph.withNodes(expansion.nodes).withInitializers(expansion.initializers);
  }

  private void add(Node node) {
    Optional<Expansion> expansion =
        node.op().sinceOpset() > opset ? Expansion.of(node, this::fresh) : Optional.empty();
    if (expansion.isPresent()) {
      nodes.addAll(expansion.get().nodes());
      initializers.putAll(expansion.get().constants());
    } else {
      Op op = node.op().bodies().isEmpty() ? node.op() : withBodies(node.op());
      nodes.add(new Node(node.name(), op, node.inputs(), node.outputs(), node.origin()));
    }
  }

  private Op withBodies(Op op) {
    Map<String, Attribute> expanded = new LinkedHashMap<>();
    op.attributes()
        .byName()
        .forEach(
            (name, value) ->
                expanded.put(
                    name,
                    value instanceof Attribute.Subgraph(GraphBody body)
                        ? new Attribute.Subgraph(
                            new GraphBody(of(body.graph(), opset), body.captures()))
                        : value));
    var attributes = new Attributes(expanded);
    return op instanceof Opaque(var domain, var name, int since, _, var outputs)
        ? new Opaque(domain, name, since, attributes, outputs)
        : Operators.read(op.name(), attributes).orElse(op);
  }

  private String fresh(String stem) {
    String fresh = stem;
    for (int i = 2; !taken.add(fresh); i++) {
      fresh = stem + "_" + i;
    }
    return fresh;
  }
}
