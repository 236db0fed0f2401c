package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows what is in a model's graph or in a file of weights. */
final class InspectCommand implements Command {
  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String arguments() {
    return "MODEL | WEIGHTS";
  }

  @Override
  public String summary() {
    return "show a model or .onnx file: inputs, outputs, operators; or the tensors of a .pth or .safetensors file";
  }

  @Override
  public Options options() {
    Options options =
        new Options()
            .addOption(CommonOptions.flag("graph", "print the graph as a program"))
            .addOption(CommonOptions.flag("tree", "fold the names of nodes back into modules"))
            .addOption(CommonOptions.flag("weights", "list the initializers"))
            .addOption(WeightOptions.key());
    return ReportOptions.addHtmlTo(options);
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public int run(Invocation invocation) {
    String argument = invocation.arguments().getFirst();
    if (invocation.targets().isCheckpoint(argument)) {
      return checkpoint(invocation, argument);
    }
    if (invocation.has("key")) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--key is for files of weights, " + argument + " is a model");
    }
    var inspection = Inspection.of(invocation.target());
    ReportOptions.write(invocation, inspection);
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      out.println(
          inspection
              .json(argument)
              .put("weights", invocation.has("weights") ? inspection.jsonWeights() : null)
              .put("tree", invocation.has("tree") ? ModuleTree.of(inspection.graph()).json() : null)
              .put("program", invocation.has("graph") ? inspection.graph().toString() : null));
      return CommandLineTool.SUCCESS;
    }
    out.print(inspection);
    if (invocation.has("tree")) {
      out.println();
      out.print(ModuleTree.of(inspection.graph()));
    }
    if (invocation.has("weights")) {
      out.println();
      out.print(inspection.weights());
    }
    if (invocation.has("graph")) {
      out.println();
      out.print(inspection.graph());
    }
    return CommandLineTool.SUCCESS;
  }

  private static int checkpoint(Invocation invocation, String file) {
    for (String option : List.of("graph", "tree", "weights", ReportOptions.HTML)) {
      if (invocation.has(option)) {
        throw new SardonyxException(
            ErrorCode.USAGE, "--" + option + " is for models, " + file + " is a file of weights");
      }
    }
    StateDict state = WeightOptions.read(invocation, FileNames.path(file));
    PrintStream out = invocation.console().out();
    if (invocation.json()) {
      WeightTable.printJson(out, state);
    } else {
      WeightTable.print(out, file, state);
    }
    return CommandLineTool.SUCCESS;
  }
}
