package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.profile.NodeTimes;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The times of a graph's nodes on engines, side by side. */
final class EngineTimes {
  private final Graph graph;
  private final List<NodeTimes> engines;

  EngineTimes(Graph graph, List<NodeTimes> engines) {
    this.graph = graph;
    this.engines = engines;
  }

  void print(PrintStream out) {
    List<String> headers = new ArrayList<>(List.of("node", "operator"));
    engines.forEach(engine -> headers.add(engine.engine() + " ms"));
    var table = new Table(headers.toArray(String[]::new));
    Map<String, String> operators = operators();
    for (String name : names()) {
      List<Object> cells = new ArrayList<>(List.of(name, operators.getOrDefault(name, "")));
      engines.forEach(engine -> cells.add(millis(engine.millisByNode().get(name))));
      table.row(cells.toArray());
    }
    List<Object> sums = new ArrayList<>(List.of("all", ""));
    engines.forEach(engine -> sums.add(millis(engine.totalMillis())));
    table.row(sums.toArray());
    out.println(
        "nodes on each engine; one without a time is computed within another, or left out:");
    out.println();
    out.print(table);
    out.println();
  }

  /** One line for each node. */
  List<Json> json(String model) {
    List<Json> lines = new ArrayList<>();
    for (String name : names()) {
      Json times = Json.object();
      engines.forEach(engine -> times.put(engine.engine(), engine.millisByNode().get(name)));
      lines.add(
          Json.object()
              .put("model", model)
              .put("node", name)
              .put("operator", operators().get(name))
              .put("node_ms", times));
    }
    return lines;
  }

  /** The nodes that have a time, in the graph's order, then what engines add. */
  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (engines.stream().anyMatch(engine -> engine.millisByNode().containsKey(node.name()))) {
        names.add(node.name());
      }
    }
    engines.forEach(engine -> names.addAll(engine.millisByNode().keySet()));
    return names;
  }

  private Map<String, String> operators() {
    Map<String, String> operators = new LinkedHashMap<>();
    graph.nodes().forEach(node -> operators.put(node.name(), node.op().name()));
    return operators;
  }

  private static String millis(@Nullable Double millis) {
    return millis == null ? "" : String.format(Locale.ROOT, "%.4f", millis);
  }
}
