package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.inputs.RandomInputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the ahead-of-time cache is made from: the commands that people start, on small models. */
final class Training {
  /** Those of them that are registered: a product, convolutions, a deep one, a recurrent one. */
  private static final List<String> MODELS =
      List.of("simple-ffn", "simple-cnn", "resnet18-cifar", "text-classifier");

  private final CommandLineTool tool;
  private final Path folder;

  private Training(CommandLineTool tool, Path folder) {
    this.tool = tool;
    this.folder = folder;
  }

  /** Runs the commands in silence. Errors: NOT_FOUND for a model; FILE. */
  static int run(Invocation invocation) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    var tool =
        new CommandLineTool(new Console(InputStream.nullInputStream(), nowhere, nowhere, false));
    try {
      Path folder = Files.createTempDirectory("sardonyx-training");
      try {
        new Training(tool, folder).run(invocation.targets(), models(invocation));
      } finally {
        delete(folder);
      }
    } catch (IOException failed) {
      throw new SardonyxException(ErrorCode.FILE, "training: " + failed.getMessage(), failed);
    }
    return CommandLineTool.SUCCESS;
  }

  private static List<String> models(Invocation invocation) {
    return invocation.arguments().isEmpty()
        ? MODELS.stream().filter(invocation.targets().registry()::containsKey).toList()
        : invocation.arguments();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void run(Targets targets, List<String> models) {
    tool.run("models");
    tool.run("doctor");
    for (String model : models) {
      String file = folder.resolve(model + ".onnx").toString();
      tool.run("summary", model);
      tool.run(words(targets.find(model, 0).graph(), "run", model));
      tool.run("export", model, "-o", file);
      tool.run("inspect", file);
      tool.run(words(targets.find(model, 0).graph(), "run", file));
      for (Engine engine : Sardonyx.engines()) {
        tool.run("bench", model, "--worker", "--engine", engine.name());
      }
    }
  }

  /** The words of a command with random inputs from files. */
  private String[] words(Graph graph, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    for (Map.Entry<String, Data> input : RandomInputs.of(graph, 0, Map.of(), 1).entrySet()) {
      Path file = folder.resolve(input.getKey() + ".npy");
      if (input.getValue() instanceof Tensor tensor) {
        Npy.write(file, tensor);
        words.addAll(List.of("--input", input.getKey() + "=" + file));
      }
    }
    return words.toArray(String[]::new);
  }
}
