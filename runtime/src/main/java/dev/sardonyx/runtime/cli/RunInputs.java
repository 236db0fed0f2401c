package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.checkpoint.Npy;
import dev.sardonyx.runtime.inputs.RandomInputs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs of a run from the command line: files where given, random values elsewhere. */
final class RunInputs {
  private RunInputs() {}

  /** Inputs from files alone. Errors: INPUT for unknown names, those of the files. */
  static Map<String, Data> fromFiles(Invocation invocation, Graph graph) {
    Map<String, Data> inputs = new LinkedHashMap<>();
    invocation
        .pairs("input")
        .forEach(
            (name, file) -> inputs.put(name, read(invocation, graph, name, FileNames.path(file))));
    return inputs;
  }

  /** A .pb file tells nothing of its type, which the graph declares; any other is of NumPy. */
  private static Data read(Invocation invocation, Graph graph, String name, Path file) {
    if (!isData(file)) {
      return Npy.read(file);
    }
    DataFormat format = invocation.targets().values();
    Value input =
        graph.inputs().stream()
            .filter(value -> value.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.INPUT,
                        "there is no input '"
                            + name
                            + "'; "
                            + graph.name()
                            + " takes "
                            + graph.inputs()));
    return format.read(file, input.type());
  }

  /** Whether a file holds one of ONNX's data messages, by its name. */
  static boolean isData(Path file) {
    return file.toString().endsWith(".pb");
  }

  /** Values from files if any is given, which must then be all; random ones otherwise. */
  static Map<String, Data> of(Invocation invocation, Graph graph, long batch) {
    Map<String, Data> files = fromFiles(invocation, graph);
    if (files.isEmpty()) {
      return RandomInputs.of(graph, invocation.seed(), invocation.dims(), batch);
    }
    if (!invocation.dims().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--dim is for random inputs; with --input the files tell the sizes");
    }
    return files;
  }
}
