package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows a model's layers. */
final class SummaryCommand implements Command {
  @Override
  public String name() {
    return "summary";
  }

  @Override
  public String arguments() {
    return "MODEL";
  }

  @Override
  public String summary() {
    return "show a model's layers: output shapes, parameters, multiply-adds, bytes";
  }

  @Override
  public Options options() {
    return new Options().addOption(CommonOptions.dim());
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public int run(Invocation invocation) {
    NnModule model =
        invocation
            .target()
            .module()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.USAGE,
                        "summary is for registered models; sardonyx inspect shows a file"));
    Trace trace =
        OwnCode.run("forward of " + invocation.arguments().getFirst(), () -> Trace.of(model));
    var summary = new Summary(model, trace, invocation.dims());
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      summary.rows().forEach(row -> out.println(json(row)));
      out.println(json(summary.total()).put("summary", true));
    } else {
      print(out, summary);
    }
    trace
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return CommandLineTool.SUCCESS;
  }

  private static Json json(Summary.Row row) {
    return Json.object()
        .put("name", row.path())
        .put("type", row.type())
        .put("output", row.output())
        .put("parameters", row.parameters())
        .put("multiplyAdds", row.multiplyAdds())
        .put("bytes", row.bytes());
  }

  private static void print(PrintStream out, Summary summary) {
    var table = new Table("layer", "type", "output shape", "parameters", "multiply-adds", "bytes");
    for (Summary.Row row : summary.rows()) {
      int dot = row.path().lastIndexOf('.');
      String name = row.path().isEmpty() ? row.type() : row.path().substring(dot + 1);
      table.row(
          "  ".repeat(row.depth()) + name,
          row.type(),
          row.output(),
          count(row.parameters()),
          count(row.multiplyAdds()),
          count(row.bytes()));
    }
    out.print(table);
    Summary.Row total = summary.total();
    out.printf(
        "%nparameters %,d; multiply-adds %,d; weights %,d bytes; activations %,d bytes%n",
        total.parameters(), total.multiplyAdds(), total.bytes(), summary.activationBytes());
    if (!summary.symbols().isEmpty()) {
      out.println("counted with " + summary.symbols());
    }
  }

  private static String count(long value) {
    return value == 0 ? "-" : "%,d".formatted(value);
  }
}
