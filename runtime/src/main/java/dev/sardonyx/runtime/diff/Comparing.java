package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.runtime.canonical.GraphComparison;
import dev.sardonyx.runtime.canonical.ValueDigests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Two graphs side by side, their nodes and weights in pairs. */
final class Comparing {
  /** An output of a node. */
  private record Made(int node, int output) {}

  private final Graph before;
  private final Graph after;
  private final int[] partners;
  private final WeightPairs weights;
  private final Map<String, Made> ours;
  private final Map<String, Made> theirs;
  private final Map<String, Integer> ourInputs;
  private final Map<String, Integer> theirInputs;

  Comparing(Graph before, Graph after) {
    this.before = before;
    this.after = after;
    partners = NodeMatching.of(before, after);
    weights = new WeightPairs(before, after);
    ours = made(before);
    theirs = made(after);
    ourInputs = places(before.inputs());
    theirInputs = places(after.inputs());
  }

  private static Map<String, Made> made(Graph graph) {
    Map<String, Made> made = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      List<Value> outputs = graph.nodes().get(i).outputs();
      for (int k = 0; k < outputs.size(); k++) {
        made.put(outputs.get(k).name(), new Made(i, k));
      }
    }
    return made;
  }

  ModelDifference difference() {
    List<NodeChange> changed = new ArrayList<>();
    List<Node> removed = new ArrayList<>();
    boolean[] found = new boolean[after.nodes().size()];
    int same = 0;
    int renamed = 0;
    for (int i = 0; i < partners.length; i++) {
      Node one = before.nodes().get(i);
      if (partners[i] < 0) {
        removed.add(one);
        continue;
      }
      found[partners[i]] = true;
      Node other = after.nodes().get(partners[i]);
      renamed += one.name().equals(other.name()) ? 0 : 1;
      List<String> differences = differences(one, other);
      if (differences.isEmpty()) {
        same++;
      } else {
        changed.add(new NodeChange(one, other, differences));
      }
    }
    List<Node> added =
        IntStream.range(0, found.length)
            .filter(i -> !found[i])
            .mapToObj(after.nodes()::get)
            .toList();
    return new ModelDifference(
        signature(),
        removed,
        added,
        changed,
        same,
        renamed,
        weights.changes(),
        weights.paired(),
        weights.renamed(),
        Facts.differences("metadata", before.metadata(), after.metadata()));
  }

  private List<String> differences(Node one, Node other) {
    List<String> differences = new ArrayList<>();
    String operator = one.op().domain() + "." + one.op().name();
    String now = other.op().domain() + "." + other.op().name();
    if (!operator.equals(now)) {
      differences.add("operator %s became %s".formatted(one.op().name(), other.op().name()));
    }
    attributes(one, other, differences);
    List<String> inputs = inputs(one.inputs(), other.inputs());
    if (!inputs.isEmpty() && !(ValueDigests.commutes(one.op()) && isTurned(one, other))) {
      differences.addAll(inputs);
    }
    if (one.outputs().size() != other.outputs().size()) {
      differences.add(
          "%d outputs became %d".formatted(one.outputs().size(), other.outputs().size()));
    }
    return differences;
  }

  private boolean isTurned(Node one, Node other) {
    return inputs(one.inputs(), other.inputs().reversed()).isEmpty();
  }

  private static void attributes(Node one, Node other, List<String> differences) {
    Map<String, Attribute> before = one.op().attributes().byName();
    Map<String, Attribute> after = other.op().attributes().byName();
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Attribute was = before.get(name);
      Attribute is = after.get(name);
      if (was instanceof Attribute.Subgraph(GraphBody inner)
          && is instanceof Attribute.Subgraph(GraphBody now)) {
        GraphComparison.of(inner.graph(), now.graph())
            .difference()
            .ifPresent(what -> differences.add("attribute " + name + ": " + what));
      } else if (!Objects.equals(was, is)) {
        differences.add("attribute %s: %s became %s".formatted(name, said(was), said(is)));
      }
    }
  }

  private static String said(@Nullable Attribute attribute) {
    return attribute == null ? "the default" : attribute.toString();
  }

  private List<String> inputs(List<Value> one, List<Value> other) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      Value was = i < one.size() ? one.get(i) : Value.absent();
      Value is = i < other.size() ? other.get(i) : Value.absent();
      if (!areOne(was, is)) {
        differences.add("input %d: %s became %s".formatted(i, said(was), said(is)));
      }
    }
    return differences;
  }

  private static String said(Value value) {
    return value.isPresent() ? value.name() : "none";
  }

  private boolean areOne(Value was, Value is) {
    if (!was.isPresent() || !is.isPresent()) {
      return was.isPresent() == is.isPresent();
    }
    Made one = ours.get(was.name());
    Made other = theirs.get(is.name());
    if (one != null && other != null) {
      return partners[one.node()] == other.node() && one.output() == other.output();
    }
    Integer input = ourInputs.get(was.name());
    return input != null && input.equals(theirInputs.get(is.name()))
        || weights.areOne(was.name(), is.name());
  }

  private static Map<String, Integer> places(List<Value> values) {
    Map<String, Integer> places = new HashMap<>();
    values.forEach(value -> places.put(value.name(), places.size()));
    return places;
  }

  private List<String> signature() {
    List<String> differences = new ArrayList<>();
    values("input", before.inputs(), after.inputs(), differences);
    values("output", before.outputs(), after.outputs(), differences);
    int outputs = Math.min(before.outputs().size(), after.outputs().size());
    for (int i = 0; i < outputs; i++) {
      Value was = before.outputs().get(i);
      Value is = after.outputs().get(i);
      if (!areOne(was, is)) {
        differences.add(
            "output %s: made by %s, became %s"
                .formatted(was.name(), maker(before, ours, was), maker(after, theirs, is)));
      }
    }
    return differences;
  }

  private static String maker(Graph graph, Map<String, Made> made, Value value) {
    return Optional.ofNullable(made.get(value.name()))
        .map(place -> graph.nodes().get(place.node()))
        .map(node -> node.name() + " (" + node.op().name() + ")")
        .orElse("nothing");
  }

  private static void values(
      String kind, List<Value> before, List<Value> after, List<String> differences) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      Optional<Value> was = i < before.size() ? Optional.of(before.get(i)) : Optional.empty();
      Optional<Value> is = i < after.size() ? Optional.of(after.get(i)) : Optional.empty();
      if (!was.equals(is)) {
        differences.add(
            "%s %d: %s became %s"
                .formatted(
                    kind,
                    i,
                    was.map(Value::toString).orElse("none"),
                    is.map(Value::toString).orElse("none")));
      }
    }
  }
}
