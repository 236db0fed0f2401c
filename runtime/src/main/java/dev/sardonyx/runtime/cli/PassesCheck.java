package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.diagnose.Element;
import dev.sardonyx.runtime.diagnose.QuantizationDrift;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.text.Table;
import dev.sardonyx.runtime.translate.FusionBisection;
import dev.sardonyx.runtime.translate.FusionFinding;
import dev.sardonyx.runtime.translate.Judging;
import dev.sardonyx.runtime.translate.PassFinding;
import dev.sardonyx.runtime.translate.PassReport;
import dev.sardonyx.runtime.translate.PassValidation;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether each pass keeps the numbers of a model, and what sessions fuse after them too. */
final class PassesCheck {
  private static final int SETS = 3;

  private PassesCheck() {}

  /** Whether all is right. Errors: USAGE with engines; those of inputs and of running. */
  static boolean run(Invocation invocation, Target target) {
    if (invocation.has("engine")) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--passes is about the native engine's: no -e, or no --passes");
    }
    Graph graph = target.graph();
    List<InputSet> sets = RunInputs.several(invocation, graph, CrossCheck.BATCH, SETS);
    List<Map<String, Data>> inputs = sets.stream().map(InputSet::values).toList();
    Engine engine = new NativeEngine();
    Judging judging =
        Judging.of(graph, QuantizationDrift.ofOutputs(engine, graph, inputs.getFirst()));
    Compiler standard = Compiler.standard(new NativeEvaluator(), true);
    PassReport report = PassValidation.of(judging).run(graph, standard, inputs);
    Optional<FusionFinding> fusion =
        report.passed()
            ? FusionBisection.run(engine, graph, inputs.getFirst(), judging)
            : Optional.empty();
    invocation.console().progressDone();
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      out.println(object(target.name(), report, fusion));
    } else {
      print(out, target.name(), report, fusion);
    }
    return report.passed() && fusion.isEmpty();
  }

  private static void print(
      PrintStream out, String name, PassReport report, Optional<FusionFinding> fusion) {
    out.printf("check %s  (%d sets of inputs, each pass alone)%n%n", name, report.sets());
    var table = new Table("pass", "shapes", "nodes before", "after", "rel L2", "verdict");
    for (PassReport.Row row : report.rows()) {
      table.row(
          row.pass(),
          row.fixed() ? "fixed" : "open",
          row.nodesBefore(),
          row.nodesAfter(),
          row.changed() ? "%.1e".formatted(row.relativeL2()) : "unchanged",
          row.passes() ? "PASS" : "FAIL");
    }
    out.print(table);
    out.println();
    for (PassFinding finding : report.findings()) {
      out.println(finding);
      elements(out, "after", "before", finding.worst());
    }
    if (report.passed()) {
      out.println(
          fusion
              .map(FusionFinding::toString)
              .orElse("what a session computes together agrees with what is written"));
      fusion.ifPresent(found -> elements(out, "optimised", "as written", found.worst()));
    }
    boolean passed = report.passed() && fusion.isEmpty();
    out.println("verdict: " + (passed ? "PASS" : "FAIL"));
  }

  private static void elements(PrintStream out, String is, String was, List<Element> worst) {
    worst.forEach(
        one ->
            out.printf(
                "  %s: %s %s, %s %s%n", one.place(), is, one.engine(), was, one.reference()));
  }

  private static Json object(String name, PassReport report, Optional<FusionFinding> fusion) {
    List<Json> rows =
        report.rows().stream()
            .map(
                row ->
                    Json.object()
                        .put("pass", row.pass())
                        .put("fixedShapes", row.fixed())
                        .put("nodesBefore", row.nodesBefore())
                        .put("nodesAfter", row.nodesAfter())
                        .put("changed", row.changed())
                        .put("relativeL2", row.relativeL2())
                        .put("verdict", row.passes() ? "pass" : "fail"))
            .toList();
    return Json.object()
        .put("model", name)
        .put("sets", report.sets())
        .put("passes", rows)
        .put("findings", report.findings().stream().map(PassesCheck::object).toList())
        .put("fused", fusion.map(PassesCheck::object).orElse(null))
        .put("verdict", report.passed() && fusion.isEmpty() ? "pass" : "fail");
  }

  private static Json object(PassFinding finding) {
    Json line = Json.object().put("pass", finding.pass()).put("place", finding.place());
    finding.node().ifPresent(node -> put(line, node));
    return line.put("value", finding.value().orElse(null))
        .put("inputs", finding.inputs())
        .put("worst", finding.worst().stream().map(PassesCheck::object).toList())
        .put("message", finding.toString());
  }

  private static Json object(FusionFinding finding) {
    Json line = Json.object();
    put(line, finding.node());
    return line.put("value", finding.value())
        .put("together", finding.fused().stream().map(Node::name).toList())
        .put("worst", finding.worst().stream().map(PassesCheck::object).toList())
        .put("message", finding.toString());
  }

  private static void put(Json line, Node node) {
    line.put("node", node.name())
        .put("operator", node.op().name())
        .put("module", node.origin().module())
        .put("source", node.origin().source().orElse(null));
  }

  private static Json object(Element element) {
    return Json.object()
        .put("place", element.place())
        .put("is", element.engine())
        .put("was", element.reference());
  }
}
