package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/** Runs a model on inputs from files. */
final class RunCommand implements Command {
  @Override
  public String name() {
    return "run";
  }

  @Override
  public String arguments() {
    return "MODEL";
  }

  @Override
  public String summary() {
    return "run a model on inputs from .npy files";
  }

  @Override
  public Options options() {
    return WeightOptions.addTo(
        new Options()
            .addOption(CommonOptions.input())
            .addOption(
                CommonOptions.values(
                    "o", "output", "NAME=FILE", "write an output as .npy; may be given again"))
            .addOption(
                CommonOptions.values("e", "engine", "NAME", "native (default), ort or ort@cuda"))
            .addOption(CommonOptions.seed()));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public int run(Invocation invocation) {
    Target target = invocation.target();
    Map<String, Tensor> inputs = RunInputs.fromFiles(invocation);
    var engine = Sardonyx.engine(invocation.value("engine").orElse("native"));
    Map<String, Tensor> outputs;
    try (Session session = engine.open(target.graph(), SessionOptions.defaults())) {
      outputs = session.run(inputs);
    }
    invocation.pairs("output").forEach((name, file) -> write(outputs, name, FileNames.path(file)));
    outputs.forEach(
        (name, tensor) ->
            invocation
                .console()
                .out()
                .println(
                    invocation.json()
                        ? Json.object()
                            .put("output", name)
                            .put("dtype", tensor.dtype())
                            .put("shape", Arrays.stream(tensor.shape().sizes()).boxed().toList())
                            .put("engine", engine.name())
                        : name + ": " + tensor));
    return CommandLineTool.SUCCESS;
  }

  private static void write(Map<String, Tensor> outputs, String name, Path file) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new SardonyxException(
          ErrorCode.USAGE, "there is no output '" + name + "'; outputs: " + outputs.keySet());
    }
    Npy.write(file, tensor);
  }
}
