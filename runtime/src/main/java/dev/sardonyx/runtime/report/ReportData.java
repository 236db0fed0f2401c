package dev.sardonyx.runtime.report;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.profile.NodeTimes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a page tells.
 *
 * @param model what the user calls the model
 * @param environment what it was found with, such as engines with their versions, by label
 * @param check what a cross-check found of the same graph; empty for a page of the graph alone
 * @param times how long nodes take, one for each engine; empty where nothing was timed
 */
public record ReportData(
    String model,
    Graph graph,
    Map<String, String> environment,
    Optional<CheckReport> check,
    List<NodeTimes> times) {
  public ReportData {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    times = List.copyOf(times);
  }

  /** A page of a graph alone. */
  public static ReportData of(String model, Graph graph, Map<String, String> environment) {
    return new ReportData(model, graph, environment, Optional.empty(), List.of());
  }

  /** What was found node by node. */
  Optional<Diagnosis> diagnosis() {
    return check.flatMap(CheckReport::diagnosis);
  }

  /** The notes of the check and the diagnosis, each once. */
  List<String> notes() {
    return Stream.concat(
            check.stream().flatMap(report -> report.notes().stream()),
            diagnosis().stream().flatMap(found -> found.notes().stream()))
        .distinct()
        .toList();
  }
}
