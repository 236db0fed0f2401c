package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.runtime.text.Table;
import java.util.List;
import org.apache.commons.cli.Options;

/** Lists the registered models. */
final class ModelsCommand implements Command {
  @Override
  public String name() {
    return "models";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public String summary() {
    return "list the registered models";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, 0);
  }

  @Override
  public int run(Invocation invocation) {
    var table = new Table("model", "class", "inputs", "outputs");
    for (var entry : invocation.targets().registry().entrySet()) {
      ModelDescriptor<?> model = entry.getValue();
      List<String> inputs = model.inputs().stream().map(Object::toString).toList();
      if (invocation.json()) {
        invocation
            .console()
            .out()
            .println(
                Json.object()
                    .put("model", entry.getKey())
                    .put("class", model.type().getName())
                    .put("inputs", inputs)
                    .put("outputs", model.outputs()));
      }
      table.row(
          entry.getKey(),
          model.type().getName(),
          String.join("; ", inputs),
          String.join(", ", model.outputs()));
    }
    if (invocation.targets().registry().isEmpty()) {
      invocation.console().err().println("note: " + Targets.NONE);
    } else if (!invocation.json()) {
      invocation.console().out().print(table);
    }
    return CommandLineTool.SUCCESS;
  }
}
