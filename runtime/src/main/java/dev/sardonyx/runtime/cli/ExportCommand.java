package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/** Writes a model as an ONNX file. */
final class ExportCommand implements Command {
  @Override
  public String name() {
    return "export";
  }

  @Override
  public String arguments() {
    return "MODEL";
  }

  @Override
  public String summary() {
    return "write a model as an .onnx file";
  }

  @Override
  public Options options() {
    return WeightOptions.addTo(
        new Options()
            .addOption(CommonOptions.values("o", "output", "FILE", "the file; default MODEL.onnx"))
            .addOption(CommonOptions.value("opset", "N", "the ONNX opset; default 21"))
            .addOption(
                CommonOptions.flag("optimised", "write the graph as the native engine compiles it"))
            .addOption(CommonOptions.seed()));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public int run(Invocation invocation) {
    Target target = invocation.target();
    Path file =
        FileNames.path(
            invocation
                .value("output")
                .orElseGet(
                    () -> {
                      if (target.module().isEmpty()) {
                        throw new SardonyxException(
                            ErrorCode.USAGE, "export of a file wants -o FILE to write to");
                      }
                      return target.name() + ".onnx";
                    }));
    Graph graph =
        invocation.has("optimised")
            ? Compiler.standard(new NativeEvaluator(), false).compile(target.graph())
            : target.graph();
    int opset = opset(invocation);
    invocation.targets().format(file).write(graph, file, opset);
    long bytes = size(file);
    if (invocation.json()) {
      invocation
          .console()
          .out()
          .println(
              Json.object()
                  .put("model", target.name())
                  .put("file", file)
                  .put("bytes", bytes)
                  .put("nodes", graph.nodes().size())
                  .put("initializers", graph.initializers().size()));
    } else {
      invocation
          .console()
          .out()
          .printf(
              "wrote %s: %,d bytes, %d nodes, %d initializers%n",
              file, bytes, graph.nodes().size(), graph.initializers().size());
    }
    return CommandLineTool.SUCCESS;
  }

  /** The opset that is asked for, or 0 for the format's default. Errors: USAGE. */
  private static int opset(Invocation invocation) {
    int least = invocation.has("opset") ? 1 : 0;
    return Math.toIntExact(invocation.number("opset", 0, least, Integer.MAX_VALUE));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
  }
}
