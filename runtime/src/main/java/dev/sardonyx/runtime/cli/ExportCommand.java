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

/** Writes a model as an ONNX file, or all of them. */
final class ExportCommand implements Command {
  @Override
  public String name() {
    return "export";
  }

  @Override
  public String arguments() {
    return "MODEL | --all";
  }

  @Override
  public String summary() {
    return "write a model as an .onnx file, or all models: the same model, the same bytes";
  }

  @Override
  public Options options() {
    return WeightOptions.addTo(
        new Options()
            .addOption(
                CommonOptions.values(
                    "o",
                    "output",
                    "PATH",
                    "the file, default MODEL.onnx; with --all the folder, which is made"))
            .addOption(CommonOptions.all("export"))
            .addOption(CommonOptions.value("opset", "N", "the ONNX opset; default 21"))
            .addOption(
                CommonOptions.flag("optimised", "write the graph as the native engine compiles it"))
            .addOption(CommonOptions.seed()));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, 1);
  }

  @Override
  public int run(Invocation invocation) {
    List<String> names = invocation.models(name());
    if (invocation.has("all")) {
      return new ExportAll(invocation).run(names);
    }
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
    Written written = write(invocation, target, file);
    if (invocation.json()) {
      invocation.console().out().println(written.json());
    } else {
      invocation
          .console()
          .out()
          .printf(
              "wrote %s: %,d bytes, %d nodes, %d initializers%n",
              file, written.bytes(), written.nodes(), written.initializers());
    }
    return CommandLineTool.SUCCESS;
  }

  /** A file that was written. */
  record Written(String model, Path file, long bytes, int nodes, int initializers) {
    /** The same, moved to another folder. */
    Written in(Path folder) {
      return new Written(model, folder.resolve(file.getFileName()), bytes, nodes, initializers);
    }

    Json json() {
      return Json.object()
          .put("model", model)
          .put("file", file)
          .put("bytes", bytes)
          .put("nodes", nodes)
          .put("initializers", initializers);
    }
  }

  /** Writes a model by the options. Errors: those of tracing and writing. */
  static Written write(Invocation invocation, Target target, Path file) {
    Graph graph =
        invocation.has("optimised")
            ? Compiler.standard(new NativeEvaluator(), false).compile(target.graph())
            : target.graph();
    invocation.targets().format(file, "--all takes a folder").write(graph, file, opset(invocation));
    return new Written(
        target.name(), file, size(file), graph.nodes().size(), graph.initializers().size());
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
