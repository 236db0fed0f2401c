package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Some nodes of a graph that follow each other, and are run at once.
 *
 * @param from the index of the first
 * @param to the index after the last
 */
record Segment(Graph graph, int from, int to) {

  /** The same nodes of another graph that has as many. */
  Segment of(Graph other) {
    return new Segment(other, from, to);
  }

  List<Node> nodes() {
    return graph.nodes().subList(from, to);
  }

  boolean isWhole() {
    return from == 0 && isLast();
  }

  boolean isLast() {
    return to == graph.nodes().size();
  }

  /** The same from where this ends up to another node. */
  Segment upTo(int end) {
    return new Segment(graph, from, end);
  }

  /** What the nodes compute, each value once. */
  List<Value> results() {
    Set<String> names = new LinkedHashSet<>();
    List<Value> results = new ArrayList<>();
    for (Node node : nodes()) {
      for (Value output : node.outputs()) {
        if (output.isPresent() && names.add(output.name())) {
          results.add(output);
        }
      }
    }
    return results;
  }

  /** The names of what the nodes take from outside: weights, inputs, results of earlier nodes. */
  Set<String> taken() {
    Set<String> own = new LinkedHashSet<>();
    Set<String> taken = new LinkedHashSet<>();
    for (Node node : nodes()) {
      for (Value input : node.inputs()) {
        if (input.isPresent() && !own.contains(input.name())) {
          taken.add(input.name());
        }
      }
      node.outputs().forEach(output -> own.add(output.name()));
    }
    return taken;
  }
}
