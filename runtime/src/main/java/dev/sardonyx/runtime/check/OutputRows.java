package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Bounds;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.OperatorJudge;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.diagnose.Bisection;
import dev.sardonyx.runtime.diagnose.EngineOutputs;
import dev.sardonyx.runtime.diagnose.QuantizationDrift;
import dev.sardonyx.runtime.diagnose.RandomValues;
import dev.sardonyx.runtime.engine.LossyEngine;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Compares the outputs of each engine with those of the last. */
final class OutputRows {
  private final Graph graph;
  private final String reference;
  private final Bounds bounds;
  private final Optional<Bisection.Result> nodes;
  private final QuantizationDrift drift;
  private final Map<String, ExpectedLoss> losses = new LinkedHashMap<>();

  /**
   * Rows of a graph.
   *
   * @param nodes what is known of its nodes
   * @param whole whether engines compiled the graph, rather than ran node by node
   */
  OutputRows(
      Graph graph,
      List<Engine> engines,
      Bounds bounds,
      Optional<Bisection.Result> nodes,
      boolean whole) {
    this.graph = graph;
    this.reference = engines.getLast().name();
    this.bounds = bounds;
    this.nodes = nodes;
    this.drift = nodes.map(Bisection.Result::drift).orElseGet(QuantizationDrift::none);
    SessionOptions defaults = SessionOptions.defaults();
    SessionOptions options = whole ? defaults : defaults.asWritten();
    engines.forEach(engine -> losses.put(engine.name(), LossyEngine.of(engine, graph, options)));
  }

  /** What engines lose by what they are told, and how far quantised values move. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    losses.values().forEach(loss -> notes.addAll(loss.notes()));
    drift.note().ifPresent(notes::add);
    return notes;
  }

  /** The rows of a run on all engines. Errors: ENGINE where an output is not there. */
  List<CheckReport.Row> of(Map<String, Measured> results) {
    Measured expected = Objects.requireNonNull(results.get(reference), "the reference has run");
    List<CheckReport.Row> rows = new ArrayList<>();
    var random = RandomValues.of(graph);
    for (String output : graph.outputs().stream().map(Value::name).distinct().toList()) {
      if (random.contains(output)) {
        continue;
      }
      Data right = EngineOutputs.named(reference, expected.outputs(), output);
      results.forEach(
          (name, measured) -> {
            if (!name.equals(reference)) {
              Data found = EngineOutputs.named(name, measured.outputs(), output);
              rows.add(
                  new CheckReport.Row(
                      output, name, reference, compare(output, name, found, right)));
            }
          });
    }
    return rows;
  }

  private Comparison compare(String output, String engine, Data found, Data right) {
    ExpectedLoss none = ExpectedLoss.none(); // of what runs eagerly
    double lost =
        losses.getOrDefault(engine, none).and(losses.getOrDefault(reference, none)).total();
    Function<DType, Tolerance> tolerance =
        dtype -> drift.widened(output, bounds.ofOutput(output, dtype).widenedByAll(lost));
    return nodes
        .flatMap(result -> Optional.ofNullable(result.choices().get(output)))
        .map(choice -> new OperatorJudge(choice.node(), choice.taken()))
        .map(judge -> judge.compare(output, found, right, tolerance))
        .orElseGet(() -> Comparison.of(output, found, right, tolerance));
  }
}
