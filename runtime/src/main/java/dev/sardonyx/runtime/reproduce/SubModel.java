package dev.sardonyx.runtime.reproduce;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some nodes of a graph as a graph of their own, with the values that they take.
 *
 * @param graph inputs of the types that their values have; constants stay constants, because
 *     engines prepare them, and so do integers, because they may be shapes, which engines want to
 *     know beforehand
 * @param inputs the values of the graph's inputs
 * @param names the graph's inputs and outputs by what the whole graph calls them: the same, unless
 *     that is no word for a command line
 */
public record SubModel(Graph graph, Map<String, Data> inputs, Map<String, String> names) {

  /**
   * The nodes, in the order of their graph. Its outputs are what other nodes take and what the
   * whole graph gives, and all where that is nothing. Errors: ARGUMENT for no nodes, and where a
   * value that they take is not known.
   *
   * @param known values by name: at least all that the nodes take and do not make themselves,
   *     without the graph's initializers
   */
  public static SubModel of(Graph whole, List<Node> nodes, Map<String, ? extends Data> known) {
    if (nodes.isEmpty()) {
      throw new SardonyxException(ErrorCode.ARGUMENT, "a model of no nodes shows no fault");
    }
    Set<String> made = new HashSet<>();
    nodes.forEach(node -> present(node.outputs()).forEach(value -> made.add(value.name())));
    Map<String, DenseTensor> constants = new LinkedHashMap<>();
    Map<String, Data> values = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (Value input : present(node.inputs())) {
        String name = input.name();
        if (!made.contains(name)) {
          Data value = value(whole, known, node, name);
          if (value instanceof Tensor tensor
              && (isWhole(tensor.dtype()) || whole.initializers().containsKey(name))) {
            constants.put(name, tensor.dense());
          } else {
            values.put(name, value);
          }
        }
      }
    }
    List<Value> inputs = new ArrayList<>();
    values.forEach((name, value) -> inputs.add(new Value(name, value.type())));
    Node first = nodes.getFirst();
    var graph =
        new Graph(first.name(), inputs, outputs(whole, nodes, known), nodes, constants, Map.of());
    return named(graph, values);
  }

  private static Data value(
      Graph whole, Map<String, ? extends Data> known, Node node, String name) {
    return Optional.<Data>ofNullable(known.get(name))
        .or(() -> Optional.ofNullable(whole.initializers().get(name)))
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.ARGUMENT,
                    "node %s takes %s, of which no value is given".formatted(node.name(), name)));
  }

  private static List<Value> outputs(
      Graph whole, List<Node> nodes, Map<String, ? extends Data> known) {
    List<Value> all =
        nodes.stream().flatMap(node -> present(node.outputs()).stream()).distinct().toList();
    Set<String> inside = all.stream().map(Value::name).collect(Collectors.toSet());
    Set<String> wanted = new HashSet<>();
    whole.outputs().forEach(output -> wanted.add(output.name()));
    whole.nodes().stream()
        .filter(node -> node.outputs().stream().noneMatch(made -> inside.contains(made.name())))
        .forEach(node -> node.inputs().forEach(input -> wanted.add(input.name())));
    List<Value> needed = all.stream().filter(value -> wanted.contains(value.name())).toList();
    return (nodes.size() == 1 || needed.isEmpty() ? all : needed)
        .stream()
            .map(
                value ->
                    Optional.<Data>ofNullable(known.get(value.name()))
                        .map(data -> new Value(value.name(), data.type()))
                        .orElse(value))
            .toList();
  }

  /** Gives inputs and outputs that have none a name that can be said. */
  private static SubModel named(Graph graph, Map<String, Data> values) {
    Set<String> taken = new HashSet<>(graph.initializers().keySet());
    graph.nodes().forEach(node -> node.outputs().forEach(value -> taken.add(value.name())));
    taken.addAll(values.keySet());
    Map<String, String> names = new LinkedHashMap<>();
    List<Value> said = new ArrayList<>(graph.inputs());
    said.addAll(graph.outputs());
    said.forEach(value -> names.put(value.name(), word(value.name(), taken)));
    Map<String, Data> inputs = new LinkedHashMap<>();
    values.forEach((name, value) -> inputs.put(names.getOrDefault(name, name), value));
    List<Node> nodes =
        graph.nodes().stream()
            .map(
                node ->
                    new Node(
                        node.name(),
                        node.op(),
                        renamed(node.inputs(), names),
                        renamed(node.outputs(), names),
                        node.origin()))
            .toList();
    var result =
        new Graph(
            graph.name(),
            renamed(graph.inputs(), names),
            renamed(graph.outputs(), names),
            nodes,
            graph.initializers(),
            graph.metadata());
    return new SubModel(result, inputs, names);
  }

  private static String word(String name, Set<String> taken) {
    if (PlainNames.isWord(name)) {
      return name;
    }
    int i = 1;
    while (!taken.add("value_" + i)) {
      i++;
    }
    return "value_" + i;
  }

  private static List<Value> renamed(List<Value> values, Map<String, String> names) {
    return values.stream()
        .map(value -> new Value(names.getOrDefault(value.name(), value.name()), value.type()))
        .toList();
  }

  private static List<Value> present(List<Value> values) {
    return values.stream().filter(Value::isPresent).toList();
  }

  private static boolean isWhole(DType dtype) {
    return dtype == DType.INT64 || dtype == DType.INT32;
  }
}
