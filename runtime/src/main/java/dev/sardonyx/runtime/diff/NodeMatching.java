package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.canonical.ValueDigests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which node of one graph is which of another: those with an equal past first, whatever weights
 * are, then those of equal names, then the neighbours of what is matched by then. Time grows with
 * the size of the graphs alone.
 */
final class NodeMatching {
  private static final int NONE = -1;

  /** A graph with indices of what stands where. */
  private static final class Side {
    final Graph graph;
    final int[] partner;
    final Map<String, Integer> producers = new HashMap<>();
    final Map<String, List<Use>> uses = new HashMap<>();

    Side(Graph graph) {
      this.graph = graph;
      partner = new int[graph.nodes().size()];
      Arrays.fill(partner, NONE);
      for (int i = 0; i < partner.length; i++) {
        Node node = graph.nodes().get(i);
        for (Value output : node.outputs()) {
          producers.put(output.name(), i);
        }
        for (int slot = 0; slot < node.inputs().size(); slot++) {
          Value input = node.inputs().get(slot);
          if (input.isPresent()) {
            uses.computeIfAbsent(input.name(), _ -> new ArrayList<>()).add(new Use(i, slot));
          }
        }
      }
      producers.remove(""); // the name of outputs that are left out
    }

    Node node(int index) {
      return graph.nodes().get(index);
    }

    IntStream free() {
      return IntStream.range(0, partner.length).filter(i -> partner[i] == NONE);
    }
  }

  /** A node that takes a value at an input. */
  private record Use(int node, int slot) {}

  private final Side before;
  private final Side after;
  private final Deque<Integer> matched = new ArrayDeque<>();

  private NodeMatching(Graph before, Graph after) {
    this.before = new Side(before);
    this.after = new Side(after);
  }

  /** For each node of the first graph the index of its partner, or -1. */
  static int[] of(Graph before, Graph after) {
    var matching = new NodeMatching(before, after);
    ValueDigests ours = ValueDigests.ofStructure(before);
    ValueDigests theirs = ValueDigests.ofStructure(after);
    matching.byKey(
        node -> past(node, ours) + node.name(), node -> past(node, theirs) + node.name());
    matching.byKey(node -> past(node, ours), node -> past(node, theirs));
    matching.byKey(NodeMatching::named, NodeMatching::named);
    matching.byKey(NodeMatching::making, NodeMatching::making);
    matching.byNeighbours();
    matching.byKey(Node::name, Node::name);
    return matching.before.partner;
  }

  private static String past(Node node, ValueDigests digests) {
    return node.outputs().stream().filter(Value::isPresent).findFirst().map(digests::of).orElse("");
  }

  private static String named(Node node) {
    return node.name().isEmpty() ? "" : operator(node) + " " + node.name();
  }

  private static String making(Node node) {
    return operator(node) + " " + node.outputs().stream().map(Value::name).toList();
  }

  private static String operator(Node node) {
    return node.op().domain() + "." + node.op().name();
  }

  /** Pairs up nodes of one key in the order of their graphs; those whose key is empty stay. */
  private void byKey(Function<Node, String> ours, Function<Node, String> theirs) {
    Map<String, Deque<Integer>> keys = new HashMap<>();
    after
        .free()
        .forEach(
            i -> keys.computeIfAbsent(theirs.apply(after.node(i)), _ -> new ArrayDeque<>()).add(i));
    before
        .free()
        .forEach(
            i -> {
              String key = ours.apply(before.node(i));
              Deque<Integer> same = keys.get(key);
              if (same != null && !same.isEmpty() && !key.isEmpty()) {
                match(i, same.remove());
              }
            });
  }

  private void match(int ours, int theirs) {
    before.partner[ours] = theirs;
    after.partner[theirs] = ours;
    matched.add(ours);
  }

  private void byNeighbours() {
    int inputs = Math.min(before.graph.inputs().size(), after.graph.inputs().size());
    for (int i = 0; i < inputs; i++) {
      uses(before.graph.inputs().get(i), after.graph.inputs().get(i));
    }
    int outputs = Math.min(before.graph.outputs().size(), after.graph.outputs().size());
    for (int i = 0; i < outputs; i++) {
      producers(before.graph.outputs().get(i), after.graph.outputs().get(i));
    }
    while (!matched.isEmpty()) {
      int next = matched.remove();
      Node ours = before.node(next);
      Node theirs = after.node(before.partner[next]);
      for (int i = 0; i < Math.min(ours.outputs().size(), theirs.outputs().size()); i++) {
        uses(ours.outputs().get(i), theirs.outputs().get(i));
      }
      for (int i = 0; i < Math.min(ours.inputs().size(), theirs.inputs().size()); i++) {
        producers(ours.inputs().get(i), theirs.inputs().get(i));
      }
    }
  }

  private void producers(Value ours, Value theirs) {
    Integer one = before.producers.get(ours.name());
    Integer other = after.producers.get(theirs.name());
    if (one != null && other != null) {
      matchIfAlike(one, other);
    }
  }

  private void matchIfAlike(int ours, int theirs) {
    if (before.partner[ours] == NONE
        && after.partner[theirs] == NONE
        && operator(before.node(ours)).equals(operator(after.node(theirs)))) {
      match(ours, theirs);
    }
  }

  private void uses(Value ours, Value theirs) {
    Map<String, Deque<Integer>> free = new HashMap<>();
    for (Use use : after.uses.getOrDefault(theirs.name(), List.of())) {
      if (after.partner[use.node()] == NONE) {
        free.computeIfAbsent(key(after, use), _ -> new ArrayDeque<>()).add(use.node());
      }
    }
    for (Use use : before.uses.getOrDefault(ours.name(), List.of())) {
      Deque<Integer> alike = free.get(key(before, use));
      if (alike != null && !alike.isEmpty()) {
        matchIfAlike(use.node(), alike.remove());
      }
    }
  }

  private static String key(Side side, Use use) {
    return operator(side.node(use.node())) + " " + use.slot();
  }
}
