package dev.sardonyx.runtime.check;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.compare.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * How far one model lies from another on the same inputs.
 *
 * @param inputs how the inputs correspond, in words: by name or by position
 * @param outputs how the outputs do
 * @param rows one for each output
 * @param common how many values inside have one name in both
 * @param first the first of those that differs
 * @param notes what was left out, and why
 */
public record AgainstReport(
    String model,
    String other,
    String engine,
    String otherEngine,
    String inputs,
    String outputs,
    List<Row> rows,
    int common,
    Optional<Inner> first,
    List<String> notes) {

  /** An output and what it is called in the other model. */
  public record Row(String output, String other, Comparison comparison) {}

  /** A value inside both, and the node of the model that computes it. */
  public record Inner(Node node, String value, Comparison comparison) {}

  public AgainstReport {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** Whether all outputs agree, and there are any. */
  public boolean passed() {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.comparison().passes());
  }
}
