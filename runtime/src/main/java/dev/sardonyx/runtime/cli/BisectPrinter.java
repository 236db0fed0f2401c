package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Element;
import dev.sardonyx.runtime.diagnose.NodeFinding;
import dev.sardonyx.runtime.diagnose.OutputFinding;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Diagnoses as tables or JSON. */
final class BisectPrinter {
  private BisectPrinter() {}

  static void print(PrintStream out, Diagnosis diagnosis) {
    var table =
        new Table(
            "node", "operator", "module", "type", "accumulated", "alone", "max abs", "verdict");
    for (NodeFinding finding : diagnosis.nodes()) {
      Node node = finding.node();
      for (OutputFinding output : finding.outputs()) {
        boolean passes = output.isolated().passes() && output.accumulated().passes();
        table.row(
            output.value().name(),
            node.op().name(),
            node.origin().module(),
            output.value().type(),
            CheckPrinter.number(output.accumulated().relativeL2()),
            CheckPrinter.number(output.isolated().relativeL2()),
            CheckPrinter.number(output.isolated().maxAbsolute()),
            CheckPrinter.verdict(passes));
      }
    }
    out.println();
    out.println(
        "nodes of "
            + diagnosis.engine()
            + " against "
            + diagnosis.reference()
            + " (relative L2: with all before them, and alone on the inputs of "
            + diagnosis.reference()
            + ")");
    out.println();
    out.print(table);
    out.println();
    out.print(diagnosis.describe());
    out.println();
  }

  static Json json(Diagnosis diagnosis) {
    List<Json> nodes = new ArrayList<>();
    for (NodeFinding finding : diagnosis.nodes()) {
      finding.outputs().forEach(output -> nodes.add(json(finding, output)));
    }
    return Json.object()
        .put("engine", diagnosis.engine())
        .put("reference", diagnosis.reference())
        .put("nodes", nodes)
        .put("suspect", diagnosis.suspect().map(suspect -> json(diagnosis, suspect)).orElse(null));
  }

  private static Json json(NodeFinding finding, OutputFinding output) {
    Node node = finding.node();
    return Json.object()
        .put("node", node.name())
        .put("operator", node.op().name())
        .put("module", node.origin().module())
        .put("value", output.value().name())
        .put("type", output.value().type())
        .put("accumulatedRelativeL2", output.accumulated().relativeL2())
        .put("isolatedRelativeL2", output.isolated().relativeL2())
        .put("isolatedMaxAbs", output.isolated().maxAbsolute())
        .put("fault", !output.isolated().passes())
        .put("off", !output.accumulated().passes());
  }

  private static Json json(Diagnosis diagnosis, Suspect suspect) {
    return Json.object()
        .put("node", suspect.finding().node().name())
        .put("charge", suspect.charge())
        .put("blame", suspect.vote().blame())
        .put("voter", suspect.vote().voter())
        .put("engineError", suspect.vote().engineError())
        .put("referenceError", suspect.vote().referenceError())
        .put("reason", suspect.vote().reason())
        .put("elements", suspect.worst().stream().map(one -> json(diagnosis, one)).toList());
  }

  private static Json json(Diagnosis diagnosis, Element element) {
    OptionalDouble exact = element.exact();
    return Json.object()
        .put("place", element.place())
        .put(diagnosis.engine(), element.engine())
        .put(diagnosis.reference(), element.reference())
        .put("float64", exact.isPresent() ? (Double) exact.getAsDouble() : null);
  }
}
