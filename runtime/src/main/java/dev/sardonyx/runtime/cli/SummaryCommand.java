package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.runtime.summary.Summary;
import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows a model's layers. */
final class SummaryCommand implements Command {
  private static final String SHAPES = "shapes";

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
    return "show a model's layers: shapes, parameters, multiply-adds, memory";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommonOptions.dim())
        .addOption(
            CommonOptions.flag(
                SHAPES, "show the shape of each expression, as the compiler saw it"));
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
    if (invocation.has(SHAPES)) {
      printShapes(model, invocation);
      return CommandLineTool.SUCCESS;
    }
    Trace trace =
        OwnCode.run("forward of " + invocation.arguments().getFirst(), () -> Trace.of(model));
    var summary = Summary.of(model, trace, invocation.dims());
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      summary.rows().forEach(row -> out.println(json(row)));
      out.println(
          json(summary.total())
              .put("inputBytes", summary.inputBytes())
              .put("activationBytes", summary.activationBytes())
              .put("summary", true));
    } else {
      out.print(summary);
    }
    trace
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return CommandLineTool.SUCCESS;
  }

  private static void printShapes(NnModule model, Invocation invocation) {
    String table = ShapeReport.of(model.getClass());
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      out.println(Json.object().put("class", model.getClass().getName()).put("shapes", table));
    } else {
      out.print(table);
    }
  }

  private static Json json(Summary.Row row) {
    return Json.object()
        .put("name", row.path())
        .put("type", row.type())
        .put("input", row.input())
        .put("output", row.output())
        .put("parameters", row.parameters())
        .put("trainable", row.trainable())
        .put("multiplyAdds", row.multiplyAdds())
        .put("bytes", row.bytes());
  }
}
