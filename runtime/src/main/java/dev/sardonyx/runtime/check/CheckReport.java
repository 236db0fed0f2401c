package dev.sardonyx.runtime.check;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Suspect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cross-check found.
 *
 * @param milliseconds the median time of a run by engine, after some warm-up
 * @param rows one comparison per output and pair of engines
 * @param diagnosis what was found node by node; empty with one engine alone
 * @param notes what was left out, and why
 */
public record CheckReport(
    String model,
    Map<String, Double> milliseconds,
    List<Row> rows,
    Optional<Diagnosis> diagnosis,
    List<String> notes) {

  /** One output on one engine against the reference. */
  public record Row(String output, String engine, String reference, Comparison comparison) {}

  public CheckReport {
    milliseconds = Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** The same with one more note. */
  CheckReport withNote(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new CheckReport(model, milliseconds, rows, diagnosis, all);
  }

  /** How many nodes were compared one by one. */
  public int nodes() {
    return diagnosis.map(Diagnosis::compared).orElse(0);
  }

  /** Where the engines part, if they do. */
  public Optional<Suspect> divergence() {
    return diagnosis.flatMap(Diagnosis::divergence);
  }

  /**
   * Whether every output and every node that was compared agrees, and any was. A choice between
   * equals is no disagreement.
   */
  public boolean passed() {
    return !isEmpty()
        && divergence().filter(suspect -> suspect.charge() != Suspect.Charge.TIE).isEmpty()
        && rows.stream().allMatch(row -> row.comparison().passes());
  }

  /** Whether nothing was compared, for example because all is random. */
  public boolean isEmpty() {
    return rows.isEmpty() && nodes() == 0;
  }

  /** This report, if it passed. Errors: CHECK, naming outputs and the first diverging node. */
  public CheckReport orThrow() {
    if (passed()) {
      return this;
    }
    if (isEmpty()) {
      throw new SardonyxException(
          ErrorCode.CHECK, "nothing of " + model + " could be compared: " + notes);
    }
    List<String> outputs =
        rows.stream()
            .filter(row -> !row.comparison().passes())
            .map(
                row ->
                    row.engine()
                        + " against "
                        + row.reference()
                        + ": "
                        + row.comparison().difference().orElse(""))
            .toList();
    throw new SardonyxException(
        ErrorCode.CHECK,
        "the engines disagree on "
            + model
            + ": outputs "
            + outputs
            + divergence().map(first -> "; first diverging node " + first).orElse(""));
  }
}
