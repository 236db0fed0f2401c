package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a graph does with each of its inputs, and so which values make sense there. */
final class Uses {
  /** One use of a value: as so many-th input of a node. */
  record Use(Node node, int index) {
    Value input(int other) {
      return node.inputs().get(other);
    }
  }

  private final Graph graph;
  private final Map<String, List<Use>> uses = new HashMap<>();

  Uses(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        uses.computeIfAbsent(node.inputs().get(i).name(), _ -> new ArrayList<>())
            .add(new Use(node, i));
      }
    }
  }

  Graph graph() {
    return graph;
  }

  /** The distribution of an input: by its use where one is known, by its type otherwise. */
  Choice of(Value input) {
    if (!(input.type() instanceof TensorType type)) {
      return new Choice(new Distribution.ByType(), "");
    }
    boolean whole =
        switch (type.dtype()) {
          case INT64, INT32, INT16, INT8, UINT8, BOOL -> true;
          default -> false; // of others nothing is known
        };
    Optional<Choice> choice =
        (whole && type.dtype() != DType.BOOL ? new IndexUse(this).of(input) : none())
            .or(() -> whole || isNamedMask(input) ? new MaskUse(this).of(input) : none())
            .or(() -> whole && isNamedMask(input) ? Optional.of(named()) : none())
            .or(() -> new ImageUse(this).of(input, type));
    return choice
        .filter(found -> found.distribution().fits(type))
        .orElseGet(() -> byType(type.dtype()));
  }

  private static Choice byType(DType dtype) {
    return new Choice(
        dtype.isFloat() ? new Distribution.Normal(0, 1) : new Distribution.ByType(), "");
  }

  private static Choice named() {
    return new Choice(new Distribution.Mask(), "is named so");
  }

  private static Optional<Choice> none() {
    return Optional.empty();
  }

  private static boolean isNamedMask(Value input) {
    return input.name().toLowerCase(Locale.ROOT).contains("mask");
  }

  /** What goes on with a value that has come this far. */
  interface Follower {
    /** The values to follow from this use; a found answer is kept by the follower itself. */
    List<Value> next(Use use);
  }

  /** Follows a value through the graph, each value once. */
  void follow(Value from, Follower follower) {
    Deque<String> open = new ArrayDeque<>(List.of(from.name()));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (Use use : uses.getOrDefault(open.removeFirst(), List.of())) {
        for (Value value : follower.next(use)) {
          if (value.isPresent() && seen.add(value.name())) {
            open.addLast(value.name());
          }
        }
      }
    }
  }

  /** A node in a reason: {@code softmax_1 (Softmax)}. */
  static String told(Node node) {
    return "%s (%s)".formatted(node.name(), node.op().name());
  }
}
