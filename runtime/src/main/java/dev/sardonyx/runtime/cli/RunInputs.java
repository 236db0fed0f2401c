package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.check.RandomInputs;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs of a run from the command line: files where given, random values elsewhere. */
final class RunInputs {
  private RunInputs() {}

  /** Inputs from files alone. Errors: USAGE for unknown names, those of the files. */
  static Map<String, Tensor> fromFiles(Invocation invocation) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    invocation
        .pairs("input")
        .forEach((name, file) -> inputs.put(name, Npy.read(FileNames.path(file))));
    return inputs;
  }

  /** Inputs from files if any is given, which must then be all; random ones otherwise. */
  static Map<String, Tensor> of(Invocation invocation, Graph graph, long batch) {
    Map<String, Tensor> files = fromFiles(invocation);
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
