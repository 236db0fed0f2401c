package dev.sardonyx.runtime.canonical;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphPrinter;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two graphs are one up to the names of their values: the same operators, attributes and
 * edges, equal initializers.
 *
 * @param nodes how many nodes the original has in the form that is compared
 * @param difference where they first differ: the node on both sides
 */
public record GraphComparison(int nodes, Optional<String> difference) {

  /** Whether they are one. */
  public boolean isEqual() {
    return difference.isEmpty();
  }

  /** Compares graphs in the same form. */
  public static GraphComparison of(Graph original, Graph generated) {
    ValueDigests ours = ValueDigests.of(original);
    ValueDigests theirs = ValueDigests.of(generated);
    List<String> wanted = original.outputs().stream().map(ours::of).toList();
    List<String> found = generated.outputs().stream().map(theirs::of).toList();
    boolean equal = wanted.equals(found) && count(original) == count(generated);
    return new GraphComparison(
        count(original),
        equal ? Optional.empty() : Optional.of(difference(original, ours, generated, theirs)));
  }

  private static int count(Graph graph) {
    return (int) graph.nodes().stream().filter(node -> !ValueDigests.isName(node)).count();
  }

  private static String difference(
      Graph original, ValueDigests ours, Graph generated, ValueDigests theirs) {
    Optional<Node> lost = first(original, ours, all(generated, theirs));
    Optional<Node> added = first(generated, theirs, all(original, ours));
    String counts = count(original) + " nodes against " + count(generated) + " nodes";
    if (lost.isEmpty() && added.isEmpty()) {
      return counts + ": all nodes are equal, but not the outputs that name them";
    }
    return "%s; first in the original: %s; first in the generated: %s"
        .formatted(
            counts,
            lost.map(node -> line(node, original)).orElse("none"),
            added.map(node -> line(node, generated)).orElse("none"));
  }

  private static Set<String> all(Graph graph, ValueDigests digests) {
    Set<String> all = new HashSet<>();
    graph.nodes().forEach(node -> all.add(digests.of(node.output())));
    return all;
  }

  /** The first node that is not among others. */
  private static Optional<Node> first(Graph graph, ValueDigests digests, Set<String> others) {
    return graph.nodes().stream()
        .filter(node -> !others.contains(digests.of(node.output())))
        .findFirst();
  }

  /** The node with the types of its inputs, and small constants in full. */
  private static String line(Node node, Graph graph) {
    List<String> inputs =
        node.inputs().stream().filter(Value::isPresent).map(value -> input(value, graph)).toList();
    return GraphPrinter.line(node) + " of " + String.join(", ", inputs);
  }

  private static String input(Value value, Graph graph) {
    var constant = graph.initializers().get(value.name());
    return constant == null ? value.toString() : value.name() + " = " + constant;
  }
}
