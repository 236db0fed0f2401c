package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Check reports as tables or JSON Lines. */
final class CheckPrinter {
  private final PrintStream out;
  private final boolean json;
  private final boolean all;
  private final boolean inFull;
  private int count;
  private int failed;

  CheckPrinter(Invocation invocation, boolean all) {
    this.out = invocation.console().out();
    this.json = invocation.json();
    this.all = all;
    this.inFull = BisectOptions.isAsked(invocation);
  }

  void print(String name, CheckReport report) {
    count++;
    failed += report.passed() ? 0 : 1;
    if (json) {
      out.println(object(name, report));
      return;
    }
    if (count > 1) {
      out.println();
    }
    out.println(
        "check " + name + "  (" + report.model() + ", " + report.nodes() + " nodes compared)");
    out.println();
    var table =
        new Table(
            "output", "engines", "shape", "max abs", "max rel", "rel L2", "cosine", "ULP",
            "NaN/Inf", "outside", "verdict");
    for (CheckReport.Row row : report.rows()) {
      Comparison found = row.comparison();
      boolean sameType = found.type().equals(found.reference());
      table.row(
          row.output(),
          row.engine() + " / " + row.reference(),
          sameType ? found.type() : found.type() + " vs " + found.reference(),
          number(found.maxAbsolute()),
          number(found.maxRelative()),
          number(found.relativeL2()),
          Double.isNaN(found.cosine()) ? "-" : "%.6f".formatted(found.cosine()),
          "%.1f".formatted(found.ulp()),
          found.misplaced() == 0 ? "same" : found.misplaced() + " differ",
          found.outside() + (found.tied() == 0 ? "" : ", " + found.tied() + " tied"),
          verdict(found.passes()));
    }
    out.print(table);
    out.println();
    for (CheckReport.Row row : report.rows()) {
      row.comparison()
          .difference()
          .ifPresent(what -> out.println(row.engine() + " / " + row.reference() + ": " + what));
    }
    out.println("time per run (1 thread, median): " + times(report));
    if (inFull) {
      report.diagnosis().ifPresent(diagnosis -> BisectPrinter.print(out, diagnosis));
    } else {
      report.divergence().ifPresent(first -> out.println("first diverging node: " + first));
    }
    if (!report.passed() && report.divergence().isEmpty() && report.nodes() > 0) {
      out.println(
          "every node that was compared agrees by itself: the fault is in what an engine fuses or"
              + " folds, or in what was left out");
    }
    report.notes().forEach(note -> out.println("note: " + note));
    out.println("verdict: " + verdict(report.passed()));
  }

  /** A line about the check that was printed last; machines have files of their own for that. */
  void say(String line) {
    if (!json) {
      out.println(line);
    }
  }

  /** The closing line of a check of many models. */
  void finish(boolean passed) {
    if (!all) {
      return;
    }
    if (json) {
      out.println(
          Json.object()
              .put("summary", true)
              .put("models", count)
              .put("failed", failed)
              .put("verdict", passed ? "pass" : "fail"));
    } else {
      out.printf("%n%d models checked, %d failed%n", count, failed);
    }
  }

  private Json object(String name, CheckReport report) {
    List<Json> rows = report.rows().stream().map(CheckPrinter::object).toList();
    Json times = Json.object();
    report.milliseconds().forEach(times::put);
    return Json.object()
        .put("model", name)
        .put("nodes", report.nodes())
        .put("outputs", rows)
        .put("milliseconds", times)
        .put("divergence", report.divergence().map(CheckPrinter::object).orElse(null))
        .put("diagnosis", inFull ? report.diagnosis().map(BisectPrinter::json).orElse(null) : null)
        .put("notes", report.notes())
        .put("verdict", report.passed() ? "pass" : "fail");
  }

  private static Json object(CheckReport.Row row) {
    Comparison found = row.comparison();
    return Json.object()
        .put("output", row.output())
        .put("engine", row.engine())
        .put("reference", row.reference())
        .put("type", found.type())
        .put("maxAbs", found.maxAbsolute())
        .put("maxRel", found.maxRelative())
        .put("relativeL2", found.relativeL2())
        .put("cosine", found.cosine())
        .put("ulp", found.ulp())
        .put("outside", found.outside())
        .put("misplaced", found.misplaced())
        .put("tied", found.tied())
        .put("severity", found.severity())
        .put("difference", found.difference().orElse(null))
        .put("verdict", found.passes() ? "pass" : "fail");
  }

  private static Json object(Suspect first) {
    Node node = first.finding().node();
    return Json.object()
        .put("node", node.name())
        .put("operator", node.op().name())
        .put("module", node.origin().module())
        .put("source", node.origin().source().orElse(null))
        .put("value", first.output().value().name())
        .put("bornHere", first.charge() == Suspect.Charge.FAULT)
        .put("blame", first.vote().blame())
        .put("isolatedRelativeL2", first.output().isolated().relativeL2())
        .put("accumulatedRelativeL2", first.output().accumulated().relativeL2());
  }

  private static String times(CheckReport report) {
    return report.milliseconds().entrySet().stream()
        .map(entry -> entry.getKey() + " %.3f ms".formatted(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  static String number(double value) {
    return value == 0 ? "0" : "%.1e".formatted(value);
  }

  static String verdict(boolean passes) {
    return passes ? "PASS" : "FAIL";
  }
}
