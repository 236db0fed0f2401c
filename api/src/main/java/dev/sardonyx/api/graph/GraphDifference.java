package dev.sardonyx.api.graph;

import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where two graphs part: names, types, nodes, places in the source, metadata, bits of weights. */
public final class GraphDifference {
  private GraphDifference() {}

  /** The first difference in words, {@code found} first; empty where everything is the same. */
  public static Optional<String> first(Graph found, Graph expected) {
    return differing("name", found.name(), expected.name())
        .or(() -> differing("inputs", found.inputs(), expected.inputs()))
        .or(() -> differing("outputs", found.outputs(), expected.outputs()))
        .or(() -> nodes(found.nodes(), expected.nodes()))
        .or(() -> differing("metadata", found.metadata(), expected.metadata()))
        .or(() -> initializers(found.initializers(), expected.initializers()));
  }

  private static Optional<String> differing(String what, Object found, Object expected) {
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of("%s %s, expected %s".formatted(what, found, expected));
  }

  private static Optional<String> nodes(List<Node> found, List<Node> expected) {
    for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
      Node one = found.get(i);
      Node other = expected.get(i);
      Optional<String> difference =
          differing("node", GraphPrinter.line(one), GraphPrinter.line(other))
              .or(() -> differing("name of node", one.name(), other.name()))
              .or(() -> differing("inputs of node " + one.name(), one.inputs(), other.inputs()))
              .or(() -> differing("origin of node " + one.name(), one.origin(), other.origin()))
              .or(() -> operators(one.name(), one.op(), other.op()));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return differing("number of nodes", found.size(), expected.size());
  }

  /** Graphs within nodes are compared as graphs: their weights have no equality of their own. */
  private static Optional<String> operators(String node, Op found, Op expected) {
    List<Body> bodies = found.bodies();
    if (bodies.isEmpty()) {
      return differing("operator of node " + node, found, expected);
    }
    for (int i = 0; i < bodies.size(); i++) {
      var one = (GraphBody) bodies.get(i);
      var other = (GraphBody) expected.bodies().get(i);
      Optional<String> difference =
          differing("captures", one.captures(), other.captures())
              .or(() -> first(one.graph(), other.graph()));
      if (difference.isPresent()) {
        return difference.map(
            what -> "in " + one.graph().name() + " of node " + node + ": " + what);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> initializers(
      Map<String, DenseTensor> found, Map<String, DenseTensor> expected) {
    List<String> names = List.copyOf(expected.keySet());
    return differing("initializers", List.copyOf(found.keySet()), names)
        .or(
            () ->
                names.stream()
                    .map(
                        name ->
                            initializer(
                                name,
                                Objects.requireNonNull(found.get(name), name),
                                Objects.requireNonNull(expected.get(name), name)))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static Optional<String> initializer(
      String name, DenseTensor found, DenseTensor expected) {
    return differing("initializer " + name, found.type(), expected.type())
        .or(
            () ->
                found.isSameAs(expected)
                    ? Optional.empty()
                    : Optional.of("initializer " + name + " has other values than expected"));
  }
}
