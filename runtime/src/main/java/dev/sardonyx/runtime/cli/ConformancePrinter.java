package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.conformance.DataSet;
import dev.sardonyx.runtime.conformance.Judgement;
import dev.sardonyx.runtime.conformance.Outcome;
import dev.sardonyx.runtime.conformance.Status;
import dev.sardonyx.runtime.conformance.Verdict;
import dev.sardonyx.runtime.conformance.Verdicts;
import dev.sardonyx.runtime.text.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Outcomes of test cases: JSON Lines by contract, tables where they are judged. */
final class ConformancePrinter {
  private static final int SHOWN = 2;
  private static final int WIDEST = 110;

  private final Console console;
  private final String engine;
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

  /** A printer; the engine's name is the contract's. */
  ConformancePrinter(Console console, String engine) {
    this.console = console;
    this.engine = engine;
  }

  /** One line for a data set, and what there is to say about a failure on stderr. */
  void print(Outcome outcome) {
    console.out().println(line(outcome));
  }

  /** The same with what a judge says. */
  void print(Judgement judgement) {
    boolean passed = judgement.verdict() == Verdict.PASSED;
    console
        .out()
        .println(
            line(judgement.outcome())
                .put("verdict", judgement.verdict())
                .put("difference", passed ? null : judgement.reason()));
  }

  private Json line(Outcome outcome) {
    counts.merge(outcome.status(), 1, Integer::sum);
    boolean failed = outcome.status() != Status.OK;
    DataSet set = outcome.set();
    if (failed) {
      console.err().println(set.caseName() + "/" + set.name() + ": " + outcome.detail());
    }
    return Json.object()
        .put("case", set.caseName())
        .put("dataset", set.name())
        .put("status", outcome.status())
        .put("stage", failed ? outcome.stage() : null)
        .put("reason", failed ? outcome.reason() : null)
        .put("engine", engine)
        .put("load_ms", rounded(outcome.loadMillis()))
        .put("run_ms", rounded(outcome.runMillis()));
  }

  private static double rounded(double millis) {
    return Math.rint(millis * 1000) / 1000;
  }

  /** The last line. */
  void summary() {
    Json line = Json.object().put("summary", true);
    line.put("cases", counts.values().stream().mapToInt(Integer::intValue).sum());
    for (Status status : Status.values()) {
      line.put(status.toString(), counts.getOrDefault(status, 0));
    }
    console.out().println(line.put("engine", engine).put("version", Help.version()));
  }

  /** Counts by folder, and the reasons of all that has not passed. */
  void tables(String folder, Verdicts verdicts) {
    List<Verdict> columns = List.of(Verdict.values());
    List<String> headers = new ArrayList<>(List.of("folder", "cases"));
    columns.forEach(column -> headers.add(column.toString()));
    var table = new Table(headers.toArray(String[]::new));
    Map<Verdict, Integer> total = new EnumMap<>(Verdict.class);
    verdicts
        .byGroup()
        .forEach(
            (group, counted) -> {
              table.row(row(group.isEmpty() ? folder : group, counted));
              counted.forEach((verdict, count) -> total.merge(verdict, count, Integer::sum));
            });
    table.row(row("total", total));
    console.out().println("conformance " + folder + ", engine " + engine);
    console.out().println();
    console.out().print(table);
    List<Verdicts.Reason> reasons = verdicts.reasons();
    if (!reasons.isEmpty()) {
      console.out().println();
      console.out().print(reasons(reasons));
    }
  }

  private static Object[] row(String name, Map<Verdict, Integer> counted) {
    List<Object> cells = new ArrayList<>();
    cells.add(name);
    cells.add(counted.values().stream().mapToInt(Integer::intValue).sum());
    for (Verdict verdict : Verdict.values()) {
      cells.add(counted.getOrDefault(verdict, 0));
    }
    return cells.toArray();
  }

  private static Table reasons(List<Verdicts.Reason> reasons) {
    var table = new Table("cases", "verdict", "reason", "which");
    for (Verdicts.Reason reason : reasons) {
      List<String> cases = reason.cases();
      String more = cases.size() > SHOWN ? ", ..." : "";
      String shown = String.join(", ", cases.subList(0, Math.min(SHOWN, cases.size())));
      String text = reason.text();
      String cut = text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "...";
      table.row(cases.size(), reason.verdict(), cut, shown + more);
    }
    return table;
  }
}
