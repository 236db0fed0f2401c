package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.canonical.CanonicalForm;
import dev.sardonyx.runtime.canonical.GraphComparison;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two models on the same inputs, which go by their places, whatever the models call them.
 *
 * @param inputs by the first model's names
 */
public record SameInputs(Graph before, Graph after, Map<String, Data> inputs) {

  /** One output of the second model against the first's at the same place, which names it. */
  public record Output(String name, Comparison comparison) {}

  /**
   * Errors: INPUT where the models do not take as many inputs.
   *
   * @param inputs a value for each input of the first model that has no default
   */
  public SameInputs {
    if (!fit(before, after)) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "models that take and give as many values can be run side by side; found %s -> %s and %s -> %s"
              .formatted(before.inputs(), before.outputs(), after.inputs(), after.outputs()));
    }
  }

  /** Whether two models take and give as many values. */
  public static boolean fit(Graph before, Graph after) {
    return before.inputs().size() == after.inputs().size()
        && before.outputs().size() == after.outputs().size();
  }

  /**
   * Whether both are one graph once both are written in one form: shapes fixed, constants folded,
   * equal nodes merged. Errors: what an operator reports on these inputs.
   */
  public GraphComparison inOneForm() {
    var form = new CanonicalForm();
    return GraphComparison.of(form.of(before, types(before)), form.of(after, types(after)));
  }

  private List<ValueType> types(Graph graph) {
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Data given = inputs.get(before.inputs().get(i).name());
      types.add(given == null ? graph.inputs().get(i).type() : given.type());
    }
    return types;
  }

  /** All outputs as an engine computes them. Errors: those of the engine. */
  public List<Output> run(Engine engine) {
    Map<String, Data> expected = run(engine, before);
    Map<String, Data> found = run(engine, after);
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < before.outputs().size(); i++) {
      Value output = before.outputs().get(i);
      Data is = of(found, after.outputs().get(i));
      outputs.add(
          new Output(
              output.name(),
              Comparison.of(output.name(), is, of(expected, output), Tolerance::ofModel)));
    }
    return outputs;
  }

  private static Data of(Map<String, Data> outputs, Value output) {
    return Objects.requireNonNull(outputs.get(output.name()), output.name());
  }

  private Map<String, Data> run(Engine engine, Graph graph) {
    Map<String, Data> given = new LinkedHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Data data = inputs.get(before.inputs().get(i).name());
      if (data != null) {
        given.put(graph.inputs().get(i).name(), data);
      }
    }
    try (Session session = engine.open(graph, SessionOptions.defaults().threads(1))) {
      return session.runData(given);
    }
  }
}
