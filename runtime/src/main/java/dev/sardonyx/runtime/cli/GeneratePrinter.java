package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import dev.sardonyx.runtime.generate.proof.ProofReport;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What has been generated, and its proof, as tables or as a line of JSON. */
final class GeneratePrinter {
  private final PrintStream out;
  private final boolean json;
  private final GenerateFiles files;

  GeneratePrinter(Invocation invocation, GenerateFiles files) {
    out = invocation.console().out();
    json = invocation.json();
    this.files = files;
  }

  void print(
      String file, GeneratedModel model, Map<String, String> sources, Optional<ProofReport> proof) {
    if (json) {
      out.println(object(file, model, sources, proof));
      return;
    }
    out.println("generate " + file);
    out.println();
    var table = new Table("written", "content");
    sources.forEach(
        (name, text) ->
            table.row(
                files.source(name),
                "class "
                    + name.replaceFirst(".*\\.", "")
                    + ", "
                    + text.lines().count()
                    + " lines"));
    table.row(files.weights(), model.state().size() + " tensors");
    out.print(table);
    out.println();
    proof.ifPresentOrElse(
        report -> print(report, model), () -> out.println("proof: left out, as asked for"));
  }

  private void print(ProofReport report, GeneratedModel model) {
    report.diagnostics().forEach(said -> out.println("compiler: " + said));
    if (report.failure().isPresent()) {
      out.println("proof: " + report.failure().get());
    } else {
      int classes = model.classes().size();
      out.printf(
          "%d %s, %d layers, %,d parameters%n%n",
          classes, classes == 1 ? "class" : "classes", report.layers(), report.parameters());
      out.print(table(report));
      out.println();
      report.trials().forEach(this::differences);
      String passes = String.join(", ", report.passes());
      out.println(
          "graphs compared up to the names of values"
              + (passes.isEmpty() ? "" : ", after the passes " + passes));
    }
    out.println("verdict: " + (report.passed() ? "PASS" : "FAIL"));
  }

  private static Table table(ProofReport report) {
    var table = new Table("inputs", "output", "max abs", "rel L2", "verdict", "graph");
    for (ProofReport.Trial trial : report.trials()) {
      String graph = trial.graphs().isEqual() ? trial.graphs().nodes() + " nodes equal" : "differs";
      String inputs = inputs(trial);
      for (ProofReport.Output output : trial.outputs()) {
        Comparison found = output.comparison();
        table.row(
            inputs,
            output.name().replaceAll("\\p{Cntrl}", "_"),
            number(found.maxAbsolute()),
            number(found.relativeL2()),
            found.passes() ? "PASS" : "FAIL",
            graph);
        graph = "";
        inputs = "";
      }
    }
    return table;
  }

  private static String inputs(ProofReport.Trial trial) {
    return trial.inputs().stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private void differences(ProofReport.Trial trial) {
    trial.graphs().difference().ifPresent(what -> out.println("graph: " + what));
    for (ProofReport.Output output : trial.outputs()) {
      output.comparison().difference().ifPresent(out::println);
    }
  }

  private Json object(
      String file, GeneratedModel model, Map<String, String> sources, Optional<ProofReport> proof) {
    List<String> written = new ArrayList<>();
    sources.keySet().forEach(name -> written.add(files.source(name).toString()));
    Json object =
        Json.object()
            .put("model", file)
            .put("class", files.packageName() + "." + files.className())
            .put("classes", model.classes().size())
            .put("sources", written)
            .put("weights", files.weights())
            .put("tensors", model.state().size());
    proof.ifPresent(
        report ->
            object
                .put("layers", report.layers())
                .put("parameters", report.parameters())
                .put("trials", report.trials().stream().map(GeneratePrinter::object).toList())
                .put("passes", report.passes())
                .put("diagnostics", report.diagnostics())
                .put("failure", report.failure().orElse(null))
                .put("verdict", report.passed() ? "pass" : "fail"));
    return object;
  }

  private static Json object(ProofReport.Trial trial) {
    return Json.object()
        .put("inputs", trial.inputs())
        .put("outputs", trial.outputs().stream().map(GeneratePrinter::object).toList())
        .put("nodes", trial.graphs().nodes())
        .put("graphEqual", trial.graphs().isEqual())
        .put("graphDifference", trial.graphs().difference().orElse(null));
  }

  private static Json object(ProofReport.Output output) {
    Comparison found = output.comparison();
    return Json.object()
        .put("output", output.name())
        .put("maxAbs", found.maxAbsolute())
        .put("relativeL2", found.relativeL2())
        .put("difference", found.difference().orElse(null))
        .put("verdict", found.passes() ? "pass" : "fail");
  }

  private static String number(double value) {
    return value == 0 ? "0" : "%.1e".formatted(value);
  }
}
