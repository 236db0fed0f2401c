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
import dev.sardonyx.onnx.internal.names.FreshNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Expands in a graph, and in the graphs within its nodes, what an operator set does not have. */
public final class GraphExpansion {
  private final int opset;
  private final Constants constants;

  /** The names in the whole graph, those within its nodes too: one may not hide another. */
  private final FreshNames names;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> initializers;

  /** What older forms have in attributes. */
  private final Set<String> replaced = new HashSet<>();

  private GraphExpansion(Graph graph, Constants constants, int opset, FreshNames names) {
    this.opset = opset;
    this.constants = constants;
    this.names = names;
    initializers = new LinkedHashMap<>(graph.initializers());
  }

  /** The graph in operators of an opset, as far as expansions go. */
  public static Graph of(Graph graph, int opset) {
    return of(graph, Constants.of(graph), opset, new FreshNames(names(graph)));
  }

  private static Graph of(Graph graph, Constants constants, int opset, FreshNames names) {
    var expansion = new GraphExpansion(graph, constants, opset, names);
    graph.nodes().forEach(expansion::add);
    expansion.forgetReplaced(graph);
    return graph.withNodes(expansion.nodes).withInitializers(expansion.initializers);
  }

  private static Set<String> names(Graph graph) {
    Set<String> result = new HashSet<>(graph.initializers().keySet());
    graph.inputs().stream().map(Value::name).forEach(result::add);
    for (Node node : graph.nodes()) {
      result.add(node.name());
      node.outputs().stream().map(Value::name).forEach(result::add);
      node.op().bodies().forEach(body -> result.addAll(names(((GraphBody) body).graph())));
    }
    return result;
  }

  private void add(Node node) {
    var expansion = Expansion.of(node, opset, constants, names::of);
    if (expansion.isPresent() && !expansion.get().nodes().equals(List.of(node))) {
      nodes.addAll(expansion.get().nodes());
      initializers.putAll(expansion.get().constants());
      node.inputs().stream().map(Value::name).forEach(replaced::add);
      replaced.addAll(expansion.get().constants().keySet());
    } else {
      Op op = node.op().bodies().isEmpty() ? node.op() : withBodies(node);
      nodes.add(new Node(node.name(), op, node.inputs(), node.outputs(), node.origin()));
    }
  }

  /** Leaves out the constants that nothing uses any more. */
  private void forgetReplaced(Graph graph) {
    nodes.stream()
        .flatMap(node -> node.inputs().stream())
        .map(Value::name)
        .forEach(replaced::remove);
    graph.outputs().stream().map(Value::name).forEach(replaced::remove);
    graph.inputs().stream().map(Value::name).forEach(replaced::remove);
    initializers.keySet().removeAll(replaced);
  }

  private Op withBodies(Node node) {
    Op op = node.op();
    Map<String, Attribute> expanded = new LinkedHashMap<>();
    op.attributes().byName().forEach((name, value) -> expanded.put(name, expanded(node, value)));
    var attributes = new Attributes(expanded);
    return op instanceof Opaque(var domain, var name, int since, _, var outputs)
        ? new Opaque(domain, name, since, attributes, outputs)
        : Operators.read(op.name(), attributes).orElse(op);
  }

  private Attribute expanded(Node node, Attribute value) {
    if (!(value instanceof Attribute.Subgraph(GraphBody body))) {
      return value;
    }
    Graph graph = of(body.graph(), constants.within(node, body), opset, names);
    return new Attribute.Subgraph(new GraphBody(graph, body.captures()));
  }
}
