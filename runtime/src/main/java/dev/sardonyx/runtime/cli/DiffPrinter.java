package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.GraphPrinter;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.canonical.GraphComparison;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diff.ModelDifference;
import dev.sardonyx.runtime.diff.NodeChange;
import dev.sardonyx.runtime.diff.SameInputs;
import dev.sardonyx.runtime.diff.WeightChange;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Differences of models as text or JSON. */
final class DiffPrinter {
  private static final int MOST_LINES = 40;

  /**
   * What was found.
   *
   * @param form whether both are one once they are written in one form; where structure differs
   * @param engine what ran both, if anything did
   * @param facts what files and metadata tell otherwise
   */
  record Found(
      String before,
      String after,
      ModelDifference difference,
      Optional<GraphComparison> form,
      Optional<Engine> engine,
      List<SameInputs.Output> outputs,
      List<String> facts,
      List<String> notes) {

    boolean isSame() {
      return difference.isSame()
          && outputs.stream().allMatch(output -> output.comparison().passes());
    }
  }

  private DiffPrinter() {}

  static void print(Invocation invocation, Found found) {
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      out.println(json(found));
      return;
    }
    ModelDifference difference = found.difference();
    out.println("diff " + found.before() + " " + found.after());
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("signature", difference.signature().isEmpty() ? "same" : "differs"));
    rows.add(
        List.of(
            "nodes",
            "%d same, %d changed, %d removed, %d added"
                    .formatted(
                        difference.same(),
                        difference.changed().size(),
                        difference.removed().size(),
                        difference.added().size())
                + named(difference.renamed())));
    rows.add(List.of("weights", weights(difference) + named(difference.renamedWeights())));
    found.form().ifPresent(form -> rows.add(List.of("in one form", form(form))));
    out.print(Table.plain(rows));
    lines(out, "", difference.signature());
    lines(out, "removed ", difference.removed().stream().map(GraphPrinter::line).toList());
    lines(out, "added ", difference.added().stream().map(GraphPrinter::line).toList());
    lines(out, "changed ", difference.changed().stream().map(DiffPrinter::line).toList());
    lines(out, "weight ", difference.weights().stream().map(WeightChange::toString).toList());
    lines(out, "", found.facts());
    found.engine().ifPresent(engine -> numbers(out, engine, found.outputs()));
    found.notes().forEach(note -> out.println("note: " + note));
    out.println("verdict: " + (found.isSame() ? "SAME" : "DIFFERENT"));
  }

  private static String named(int renamed) {
    return renamed == 0 ? "" : "; " + renamed + " under other names";
  }

  private static String weights(ModelDifference difference) {
    long changed =
        difference.weights().stream()
            .filter(one -> one.before().isPresent() && one.after().isPresent())
            .count();
    long removed = difference.weights().stream().filter(one -> one.after().isEmpty()).count();
    return "%d same, %d changed, %d removed, %d added"
        .formatted(
            difference.pairedWeights() - changed,
            changed,
            removed,
            difference.weights().size() - changed - removed);
  }

  private static String form(GraphComparison form) {
    return form.difference()
        .map(what -> "differs: " + what)
        .orElse("same: both say the same in other words");
  }

  private static String line(NodeChange change) {
    Node before = change.before();
    String now = change.after().name();
    return before.name()
        + " ("
        + before.op().name()
        + ")"
        + (now.equals(before.name()) ? "" : ", now " + now)
        + ": "
        + String.join("; ", change.differences());
  }

  private static void lines(PrintStream out, String kind, List<String> lines) {
    lines.stream().limit(MOST_LINES).forEach(line -> out.println(kind + line));
    if (lines.size() > MOST_LINES) {
      out.println("... and " + (lines.size() - MOST_LINES) + " more, all with --json");
    }
  }

  private static void numbers(PrintStream out, Engine engine, List<SameInputs.Output> outputs) {
    out.println();
    var table = new Table("output on " + engine.name(), "max abs", "rel L2", "verdict");
    for (SameInputs.Output output : outputs) {
      Comparison found = output.comparison();
      table.row(
          output.name(),
          "%.1e".formatted(found.maxAbsolute()),
          "%.1e".formatted(found.relativeL2()),
          found.passes() ? "agrees" : "differs");
    }
    out.print(table);
    outputs.forEach(output -> output.comparison().difference().ifPresent(out::println));
  }

  private static Json json(Found found) {
    ModelDifference difference = found.difference();
    return Json.object()
        .put("before", found.before())
        .put("after", found.after())
        .put("signature", difference.signature())
        .put("nodesSame", difference.same())
        .put("nodesRenamed", difference.renamed())
        .put("nodesRemoved", difference.removed().stream().map(GraphPrinter::line).toList())
        .put("nodesAdded", difference.added().stream().map(GraphPrinter::line).toList())
        .put("nodesChanged", difference.changed().stream().map(DiffPrinter::json).toList())
        .put("weightsPaired", difference.pairedWeights())
        .put("weightsRenamed", difference.renamedWeights())
        .put("weights", difference.weights().stream().map(DiffPrinter::json).toList())
        .put("oneForm", found.form().map(GraphComparison::isEqual).orElse(null))
        .put("oneFormDifference", found.form().flatMap(GraphComparison::difference).orElse(null))
        .put("engine", found.engine().map(Engine::name).orElse(null))
        .put("outputs", found.outputs().stream().map(DiffPrinter::json).toList())
        .put("facts", found.facts())
        .put("notes", found.notes())
        .put("verdict", found.isSame() ? "same" : "different");
  }

  private static Json json(NodeChange change) {
    return Json.object()
        .put("before", GraphPrinter.line(change.before()))
        .put("after", GraphPrinter.line(change.after()))
        .put("differences", change.differences());
  }

  private static Json json(WeightChange change) {
    return Json.object()
        .put("name", change.name())
        .put("renamed", change.renamed().orElse(null))
        .put("before", change.before().orElse(null))
        .put("after", change.after().orElse(null))
        .put("maxAbs", change.distance().map(Comparison::maxAbsolute).orElse(null))
        .put("relativeL2", change.distance().map(Comparison::relativeL2).orElse(null))
        .put("equal", change.distance().map(_ -> change.equal()).orElse(null));
  }

  private static Json json(SameInputs.Output output) {
    Comparison found = output.comparison();
    return Json.object()
        .put("output", output.name())
        .put("maxAbs", found.maxAbsolute())
        .put("relativeL2", found.relativeL2())
        .put("difference", found.difference().orElse(null))
        .put("verdict", found.passes() ? "agrees" : "differs");
  }
}
