package dev.sardonyx.runtime.certificate;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.compare.Bounds;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.compare.Tolerances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The outputs of a check as a certificate holds them, and the tolerances back from there. */
public final class Measuring {
  private static final String ABSOLUTE = "absolute";
  private static final String RELATIVE = "relative";
  private static final String NORM = "norm";

  private Measuring() {}

  /** The rows of a report with their bounds. */
  public static List<Certificate.Output> outputs(
      Graph graph, Tolerances tolerances, CheckReport report) {
    var bounds = new Bounds(graph, tolerances);
    List<Certificate.Output> outputs = new ArrayList<>();
    for (CheckReport.Row row : report.rows()) {
      Comparison found = row.comparison();
      outputs.add(
          new Certificate.Output(
              row.output(),
              row.engine(),
              row.reference(),
              found.type().toString(),
              bounds(bounds, row.output(), found.reference()),
              found.maxAbsolute(),
              found.relativeL2(),
              found.severity(),
              found.passes()));
    }
    return outputs;
  }

  private static SortedMap<String, Double> bounds(Bounds bounds, String output, ValueType type) {
    SortedMap<String, Double> words = new TreeMap<>();
    if (type instanceof TensorType(DType dtype, _)) {
      Tolerance tolerance = bounds.ofOutput(output, dtype);
      if (tolerance.scaled()) {
        words.put(ABSOLUTE, tolerance.absolute());
        words.put(RELATIVE, tolerance.relative());
        words.put(NORM, tolerance.norm());
      }
    }
    return words;
  }

  /** The bounds of a certificate's run as tolerances of a check. Errors: ARGUMENT. */
  static Tolerances tolerances(Graph graph, Certificate.Run run) {
    List<String> names = graph.outputs().stream().map(Value::name).toList();
    Map<String, Tolerances.Other> outputs = new HashMap<>();
    for (Certificate.Output output : run.outputs()) {
      if (!output.bounds().isEmpty() && names.contains(output.output())) {
        outputs.put(
            output.output(),
            new Tolerances.Other(
                bound(output, RELATIVE), bound(output, ABSOLUTE), bound(output, NORM)));
      }
    }
    return new Tolerances(Tolerances.Other.NOTHING, outputs, Map.of(), Map.of());
  }

  private static OptionalDouble bound(Certificate.Output output, String name) {
    Double bound = output.bounds().get(name);
    return bound == null ? OptionalDouble.empty() : OptionalDouble.of(bound);
  }

  /** Whether a bound is wider than this version would have it. */
  static boolean isWide(Certificate.Output output, List<Certificate.Output> usual) {
    return usual.stream()
        .filter(one -> one.key().equals(output.key()))
        .anyMatch(
            one ->
                output.bounds().entrySet().stream()
                    .anyMatch(
                        bound ->
                            !(bound.getValue() <= one.bounds().getOrDefault(bound.getKey(), 0.0))));
  }
}
