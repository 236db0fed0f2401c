package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.cli.Options;

/** Shows what is in a model's graph or in a file of weights. */
final class InspectCommand implements Command {
  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String arguments() {
    return "MODEL | WEIGHTS";
  }

  @Override
  public String summary() {
    return "show a model or .onnx file: inputs, outputs, operators; or the tensors of a .pth or .safetensors file";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommonOptions.flag("graph", "print the graph as a program"))
        .addOption(CommonOptions.flag("weights", "list the initializers"))
        .addOption(WeightOptions.key());
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public int run(Invocation invocation) {
    String argument = invocation.arguments().getFirst();
    if (invocation.targets().isCheckpoint(argument)) {
      return checkpoint(invocation, argument);
    }
    if (invocation.has("key")) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--key is for files of weights, " + argument + " is a model");
    }
    Target target = invocation.target();
    Graph graph = target.graph();
    Map<String, Long> operators =
        graph.nodes().stream()
            .collect(
                Collectors.groupingBy(
                    InspectCommand::operator, TreeMap::new, Collectors.counting()));
    List<String> unknown =
        graph.nodes().stream()
            .filter(node -> node.op() instanceof Opaque)
            .map(node -> node.name() + " (" + operator(node) + ")")
            .toList();
    if (invocation.json()) {
      invocation.console().out().println(json(invocation, graph, operators, unknown));
    } else {
      print(invocation.console().out(), target.name(), graph, operators, unknown);
      if (invocation.has("weights")) {
        invocation.console().out().println();
        invocation.console().out().print(weights(graph));
      }
      if (invocation.has("graph")) {
        invocation.console().out().println();
        invocation.console().out().print(graph);
      }
    }
    return CommandLineTool.SUCCESS;
  }

  private static int checkpoint(Invocation invocation, String file) {
    for (String option : List.of("graph", "weights")) {
      if (invocation.has(option)) {
        throw new SardonyxException(
            ErrorCode.USAGE, "--" + option + " is for models, " + file + " is a file of weights");
      }
    }
    StateDict state = WeightOptions.read(invocation, FileNames.path(file));
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      WeightTable.printJson(out, state);
    } else {
      WeightTable.print(out, file, state);
    }
    return CommandLineTool.SUCCESS;
  }

  private static String operator(Node node) {
    return node.op().domain().isEmpty()
        ? node.op().name()
        : node.op().domain() + "." + node.op().name();
  }

  private static Json json(
      Invocation invocation, Graph graph, Map<String, Long> operators, List<String> unknown) {
    Json counts = Json.object();
    operators.forEach(counts::put);
    Json metadata = Json.object();
    graph.metadata().forEach(metadata::put);
    return Json.object()
        .put("model", invocation.arguments().getFirst())
        .put("graph", graph.name())
        .put("inputs", graph.inputs().stream().map(Object::toString).toList())
        .put("outputs", graph.outputs().stream().map(Object::toString).toList())
        .put("nodes", graph.nodes().size())
        .put("operators", counts)
        .put("unknownOperators", unknown)
        .put("initializers", graph.initializers().size())
        .put("elements", elements(graph))
        .put("bytes", bytes(graph))
        .put("metadata", metadata)
        .put("weights", invocation.has("weights") ? jsonWeights(graph) : null)
        .put("program", invocation.has("graph") ? graph.toString() : null);
  }

  private static List<Json> jsonWeights(Graph graph) {
    List<Json> weights = new ArrayList<>();
    graph
        .initializers()
        .forEach(
            (name, tensor) ->
                weights.add(
                    Json.object()
                        .put("name", name)
                        .put("type", tensor.type())
                        .put("bytes", tensor.segment().byteSize())));
    return weights;
  }

  private static void print(
      PrintStream out,
      String name,
      Graph graph,
      Map<String, Long> operators,
      List<String> unknown) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", name + " (" + graph.name() + ")"));
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
                .formatted(graph.initializers().size(), elements(graph), bytes(graph))));
    graph.metadata().forEach((key, value) -> rows.add(List.of("metadata", key + " = " + value)));
    unknown.forEach(node -> rows.add(List.of("not native", node)));
    out.print(Table.plain(rows));
  }

  private static Table weights(Graph graph) {
    var table = new Table("initializer", "type", "bytes");
    graph
        .initializers()
        .forEach((name, tensor) -> table.row(name, tensor.type(), tensor.segment().byteSize()));
    return table;
  }

  private static long elements(Graph graph) {
    return graph.initializers().values().stream().mapToLong(DenseTensor::elements).sum();
  }

  private static long bytes(Graph graph) {
    return graph.initializers().values().stream()
        .mapToLong(tensor -> tensor.segment().byteSize())
        .sum();
  }
}
