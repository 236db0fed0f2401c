package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.type.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/** Writes the weights of one file in another format. */
final class ConvertCommand implements Command {
  @Override
  public String name() {
    return "convert";
  }

  @Override
  public String arguments() {
    return "FROM TO";
  }

  @Override
  public String summary() {
    return "write weights in another format: .pth to .safetensors and so on";
  }

  @Override
  public Options options() {
    var options = new Options();
    WeightOptions.addNamesTo(options);
    return options.addOption(
        CommonOptions.value(
            "dtype", "TYPE", "convert floating-point weights, for example to float16"));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(2, 2);
  }

  @Override
  public int run(Invocation invocation) {
    Path from = FileNames.path(invocation.arguments().getFirst());
    Path to = FileNames.path(invocation.arguments().getLast());
    StateDict state =
        WeightOptions.read(invocation, from).rename(WeightOptions.names(invocation)::renamed);
    StateDict converted =
        invocation.value("dtype").map(name -> state.convert(floating(name))).orElse(state);
    converted.write(to);
    long bytes = size(to);
    invocation
        .console()
        .out()
        .println(
            invocation.json()
                ? Json.object()
                    .put("file", to)
                    .put("tensors", converted.entries().size())
                    .put("bytes", bytes)
                : "wrote %s: %d tensors, %,d bytes"
                    .formatted(to, converted.entries().size(), bytes));
    return CommandLineTool.SUCCESS;
  }

  private static DType floating(String name) {
    DType dtype = DType.ofName(name);
    if (!dtype.isFloat()) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--dtype wants a floating-point type, found " + name);
    }
    return dtype;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
  }
}
