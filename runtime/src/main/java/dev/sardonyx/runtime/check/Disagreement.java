package dev.sardonyx.runtime.check;

import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.text.Table;

/** What a check found that did not pass, for whoever reads the failure of a test. */
public final class Disagreement {
  private Disagreement() {}

  /** The outputs in short, the node to look at, who is wrong, and what was left out. */
  public static String describe(CheckReport report) {
    var text = new StringBuilder();
    text.append(
        report.isEmpty()
            ? "nothing of " + report.model() + " could be compared\n"
            : "the engines disagree on " + report.model() + "\n");
    if (!report.rows().isEmpty()) {
      text.append('\n').append(outputs(report)).append('\n');
    }
    for (CheckReport.Row row : report.rows()) {
      row.comparison().difference().ifPresent(what -> text.append(what).append('\n'));
    }
    boolean parted =
        report.divergence().filter(one -> one.charge() != Suspect.Charge.TIE).isPresent();
    if (parted) {
      text.append('\n').append(report.diagnosis().map(Diagnosis::describe).orElse(""));
    } else if (report.nodes() > 0) {
      text.append("every node that was compared agrees by itself: the fault is in what an engine")
          .append(" fuses or folds, or in what was left out\n");
    }
    report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    return text.toString();
  }

  private static Table outputs(CheckReport report) {
    var table = new Table("output", "engines", "type", "max abs", "rel L2", "outside", "verdict");
    for (CheckReport.Row row : report.rows()) {
      Comparison found = row.comparison();
      table.row(
          row.output(),
          row.engine() + " / " + row.reference(),
          found.type(),
          "%.1e".formatted(found.maxAbsolute()),
          "%.1e".formatted(found.relativeL2()),
          found.outside() + found.misplaced(),
          found.passes() ? "PASS" : "FAIL");
    }
    return table;
  }
}
