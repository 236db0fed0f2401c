package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What there is to say about a model.
 *
 * @param facts what its file tells besides the graph
 * @param operators how often each occurs, in graphs within nodes too
 * @param lacking what the native engine does not have, one line for each node
 */
record Inspection(
    String name,
    Graph graph,
    Map<String, String> facts,
    Map<String, Long> operators,
    List<String> lacking) {

  static Inspection of(Target target) {
    Graph graph = target.graph();
    Map<String, Long> operators = new TreeMap<>();
    count(graph, operators);
    return new Inspection(
        target.name(), graph, target.facts(), operators, NativeEngine.lacking(graph));
  }

  private static void count(Graph graph, Map<String, Long> operators) {
    for (Node node : graph.nodes()) {
      operators.merge(qualified(node.op()), 1L, Long::sum);
      for (Body body : node.op().bodies()) {
        count(((GraphBody) body).graph(), operators);
      }
    }
  }

  private static String qualified(Op op) {
    return op.domain().isEmpty() ? op.name() : op.domain() + "." + op.name();
  }

  Json json(String argument) {
    Json counts = Json.object();
    operators.forEach(counts::put);
    Json metadata = Json.object();
    graph.metadata().forEach(metadata::put);
    Json file = Json.object();
    facts.forEach(file::put);
    return Json.object()
        .put("model", argument)
        .put("graph", graph.name())
        .put("file", file)
        .put("inputs", graph.inputs().stream().map(Object::toString).toList())
        .put("outputs", graph.outputs().stream().map(Object::toString).toList())
        .put("nodes", graph.nodes().size())
        .put("operators", counts)
        .put("notNative", lacking)
        .put("initializers", graph.initializers().size())
        .put("elements", elements())
        .put("bytes", bytes())
        .put("metadata", metadata);
  }

  List<Json> jsonWeights() {
    List<Json> weights = new ArrayList<>();
    graph
        .initializers()
        .forEach(
            (weight, tensor) ->
                weights.add(
                    Json.object()
                        .put("name", weight)
                        .put("type", tensor.type())
                        .put("bytes", tensor.byteSize())));
    return weights;
  }

  Table weights() {
    var table = new Table("initializer", "type", "bytes");
    graph
        .initializers()
        .forEach((weight, tensor) -> table.row(weight, tensor.type(), tensor.byteSize()));
    return table;
  }

  private long elements() {
    return graph.initializers().values().stream().mapToLong(DenseTensor::elements).sum();
  }

  private long bytes() {
    return graph.initializers().values().stream().mapToLong(DenseTensor::byteSize).sum();
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", name + " (" + graph.name() + ")"));
    facts.forEach((fact, value) -> rows.add(List.of(fact, value)));
    graph.inputs().forEach(input -> rows.add(List.of("input", input.toString())));
    graph.outputs().forEach(output -> rows.add(List.of("output", output.toString())));
    rows.add(List.of("nodes", "" + graph.nodes().size()));
    rows.add(
        List.of(
            "operators",
            operators.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "))));
    rows.add(
        List.of(
            "initializers",
            "%d with %,d elements, %,d bytes"
                .formatted(graph.initializers().size(), elements(), bytes())));
    graph.metadata().forEach((key, value) -> rows.add(List.of("metadata", key + " = " + value)));
    lacking.forEach(node -> rows.add(List.of("not native", node)));
    return Table.plain(rows);
  }
}
