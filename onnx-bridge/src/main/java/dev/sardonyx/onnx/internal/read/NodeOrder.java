package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts nodes in an order in which each comes after those it needs. */
final class NodeOrder {
  private final List<NodeProto> nodes;
  private final List<Set<Integer>> needs = new ArrayList<>();
  private final List<List<Integer>> users = new ArrayList<>();

  private NodeOrder(List<NodeProto> nodes, Map<String, Integer> producers) {
    this.nodes = nodes;
    for (int i = 0; i < nodes.size(); i++) {
      users.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> names = names(nodes.get(i));
      Set<Integer> needed = new LinkedHashSet<>();
      for (String name : names) {
        Integer producer = producers.get(name);
        if (producer != null && needed.add(producer)) {
          users.get(producer).add(i);
        }
      }
      needs.add(needed);
    }
  }

  /** The values that a node needs. */
  private static Set<String> names(NodeProto node) {
    Set<String> names = new LinkedHashSet<>(node.getInputList());
    names.addAll(Subgraphs.captures(node));
    names.addAll(GradientNames.of(node));
    return names;
  }

  private static Map<String, Integer> producers(List<NodeProto> nodes) {
    Map<String, Integer> result = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        Integer earlier = output.isEmpty() ? null : result.putIfAbsent(output, i);
        if (earlier != null) {
          throw new SardonyxException(
              ErrorCode.GRAPH,
              "value '"
                  + output
                  + "' is defined twice: by "
                  + place(nodes.get(earlier))
                  + " and by "
                  + place(nodes.get(i)));
        }
      }
    }
    return result;
  }

  /**
   * The nodes sorted; those that are sorted already stay as they are. Errors: GRAPH for a cycle,
   * naming the nodes on it, or for a value that two nodes define.
   */
  static List<NodeProto> sort(List<NodeProto> nodes) {
    Map<String, Integer> producers = producers(nodes);
    return isSorted(nodes, producers) ? nodes : new NodeOrder(nodes, producers).sorted();
  }

  /** Most files are, and a large one had better not cost more than this. */
  private static boolean isSorted(List<NodeProto> nodes, Map<String, Integer> producers) {
    for (int i = 0; i < nodes.size(); i++) {
      for (String name : names(nodes.get(i))) {
        if (producers.getOrDefault(name, -1) >= i) {
          return false;
        }
      }
    }
    return true;
  }

  private List<NodeProto> sorted() {
    int[] missing = needs.stream().mapToInt(Set::size).toArray();
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> result = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      result.add(nodes.get(next));
      for (int user : users.get(next)) {
        if (--missing[user] == 0) {
          ready.add(user);
        }
      }
    }
    if (result.size() < nodes.size()) {
      throw cycle(missing);
    }
    return result;
  }

  /**
   * From any node that never got ready, back along needs that did not either, until one repeats.
   */
  private SardonyxException cycle(int[] missing) {
    int at = 0;
    while (missing[at] == 0) {
      at++;
    }
    Set<Integer> path = new LinkedHashSet<>();
    while (path.add(at)) {
      at = needs.get(at).stream().filter(need -> missing[need] > 0).findFirst().orElseThrow();
    }
    int start = at;
    String names =
        path.stream()
            .dropWhile(node -> node != start)
            .limit(10)
            .map(node -> place(nodes.get(node)))
            .collect(Collectors.joining(" needs "));
    return new SardonyxException(
        ErrorCode.GRAPH, "nodes form a cycle: " + names + " needs " + place(nodes.get(start)));
  }

  /** Name and operator of a node, for messages. */
  static String place(NodeProto node) {
    String name =
        node.getName().isEmpty()
            ? node.getOutputList().stream().filter(o -> !o.isEmpty()).findFirst().orElse("?")
            : node.getName();
    return name + " (" + node.getOpType() + ")";
  }
}
