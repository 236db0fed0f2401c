package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.check.Against;
import dev.sardonyx.runtime.check.AgainstReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.List;

/** A model against another that is to compute the same. */
final class AgainstCheck {
  private AgainstCheck() {}

  /** Whether the outputs agree. Errors: USAGE, those of the file, of engines and of inputs. */
  static boolean run(Invocation invocation, Target target, String file) {
    Graph other = invocation.targets().find(file, invocation.seed()).graph();
    List<Engine> engines = engines(invocation);
    InputSet inputs = RunInputs.of(invocation, target.graph(), CrossCheck.BATCH);
    var against = new Against(target.graph(), engines.getFirst(), other, engines.getLast());
    AgainstReport report = against.run(inputs.values());
    invocation.console().progressDone();
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      out.println(object(target.name(), file, report));
    } else {
      print(out, target.name(), file, report);
    }
    return report.passed();
  }

  /** Those asked for, at most two; else ONNX Runtime where it is there. */
  private static List<Engine> engines(Invocation invocation) {
    List<String> asked = invocation.values("engine");
    if (asked.size() > 2) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--against takes an engine for each model at most, found " + asked);
    }
    if (asked.isEmpty()) {
      return List.of(
          Sardonyx.engines().stream()
              .filter(engine -> engine.name().equals("ort") && engine.unavailable().isEmpty())
              .findFirst()
              .orElseGet(() -> Sardonyx.engine("native")));
    }
    return asked.stream().map(AgainstCheck::usable).toList();
  }

  private static Engine usable(String name) {
    Engine engine = Sardonyx.engine(name);
    engine
        .unavailable()
        .ifPresent(
            reason -> {
              throw new SardonyxException(ErrorCode.ENGINE, "engine " + name + ": " + reason);
            });
    return engine;
  }

  private static void print(PrintStream out, String name, String file, AgainstReport report) {
    out.printf(
        "check %s on %s against %s on %s%n%n", name, report.engine(), file, report.otherEngine());
    out.println(report.inputs());
    out.println(report.outputs());
    out.println();
    var table = new Table("output", "of the other", "shape", "max abs", "rel L2", "verdict");
    for (AgainstReport.Row row : report.rows()) {
      Comparison found = row.comparison();
      table.row(
          row.output(),
          row.other(),
          found.type(),
          "%.1e".formatted(found.maxAbsolute()),
          "%.1e".formatted(found.relativeL2()),
          found.passes() ? "PASS" : "FAIL");
    }
    out.print(table);
    out.println();
    report.rows().forEach(row -> row.comparison().difference().ifPresent(out::println));
    out.printf("values of one name inside both: %d%n", report.common());
    report
        .first()
        .ifPresent(
            inner ->
                out.println(
                    "the first of them that differs: "
                        + inner.value()
                        + ", of "
                        + inner.node().place()
                        + " ("
                        + inner.node().op().name()
                        + "); "
                        + inner.comparison().difference().orElse("")));
    report.notes().forEach(note -> out.println("note: " + note));
    out.println("verdict: " + (report.passed() ? "PASS" : "FAIL"));
  }

  private static Json object(String name, String file, AgainstReport report) {
    List<Json> rows =
        report.rows().stream()
            .map(
                row ->
                    Json.object()
                        .put("output", row.output())
                        .put("other", row.other())
                        .put("maxAbs", row.comparison().maxAbsolute())
                        .put("relativeL2", row.comparison().relativeL2())
                        .put("difference", row.comparison().difference().orElse(null))
                        .put("verdict", row.comparison().passes() ? "pass" : "fail"))
            .toList();
    return Json.object()
        .put("model", name)
        .put("against", file)
        .put("engines", List.of(report.engine(), report.otherEngine()))
        .put("inputs", report.inputs())
        .put("mapping", report.outputs())
        .put("outputs", rows)
        .put("commonValues", report.common())
        .put("first", report.first().map(AgainstCheck::object).orElse(null))
        .put("notes", report.notes())
        .put("verdict", report.passed() ? "pass" : "fail");
  }

  private static Json object(AgainstReport.Inner inner) {
    Node node = inner.node();
    return Json.object()
        .put("value", inner.value())
        .put("node", node.name())
        .put("operator", node.op().name())
        .put("source", node.origin().source().orElse(null))
        .put("difference", inner.comparison().difference().orElse(null));
  }
}
