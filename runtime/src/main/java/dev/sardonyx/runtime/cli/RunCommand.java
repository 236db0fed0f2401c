package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/** Runs a model on inputs from files or from distributions. */
final class RunCommand implements Command {
  private static final int SHOWN = 8;

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
    return "run a model on inputs from files, or on random ones";
  }

  @Override
  public Options options() {
    Options options =
        new Options()
            .addOption(KernelDump.option())
            .addOption(
                CommonOptions.values(
                    "o",
                    "output",
                    "NAME=FILE",
                    "write an output as .npy or .pb; may be given again"))
            .addOption(
                CommonOptions.values("e", "engine", "NAME", "native (default), ort or ort@cuda"))
            .addOption(CommonOptions.weightsAs())
            .addOption(CommonOptions.precision())
            .addOption(CommonOptions.noWinograd())
            .addOption(CommonOptions.tune());
    InputOptions.addTo(options);
    return WeightOptions.addTo(LimitOptions.addDeadlineTo(LimitOptions.addTo(options)));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    Target target = invocation.target();
    Graph graph = target.graph();
    Map<String, Data> inputs = RunInputs.asked(invocation, graph);
    var engine = Sardonyx.engine(invocation.value("engine").orElse("native"));
    CommonOptions.lack(invocation)
        .ifPresent(lack -> invocation.console().err().println("note: " + lack));
    Map<String, Data> outputs;
    try (Session session = target.open(engine, options(invocation))) {
      RunInputs.requireAll(graph, inputs);
      outputs = session.runData(inputs);
    }
    invocation
        .pairs("output")
        .forEach((name, file) -> write(invocation, outputs, name, FileNames.path(file)));
    outputs.forEach(
        (name, data) ->
            invocation
                .console()
                .out()
                .println(
                    invocation.json()
                        ? json(name, data, engine.name())
                        : name + ": " + text(data)));
    return CommandLineTool.SUCCESS;
  }

  private static SessionOptions options(Invocation invocation) {
    return CommonOptions.session(invocation, LimitOptions.of(invocation));
  }

  private static Json json(String name, Data data, String engine) {
    Json line = Json.object().put("output", name);
    if (data instanceof Tensor tensor) {
      line.put("dtype", tensor.dtype())
          .put("shape", Arrays.stream(tensor.shape().sizes()).boxed().toList());
    } else {
      line.put("type", data.type()).put("value", text(data));
    }
    return line.put("engine", engine);
  }

  /** A value for people: of each tensor in it the type and the first elements. */
  private static String text(Data data) {
    return switch (data) {
      case Tensor tensor -> tensor.toString();
      case SequenceData(ValueType element, List<Data> values) ->
          "sequence of %d: %s".formatted(values.size(), all(values.stream(), element));
      case OptionalData optional ->
          optional.value().map(value -> "optional: " + text(value)).orElse("absent");
      case MapData map -> "map from " + map.keys() + " to " + text(map.values());
    };
  }

  private static String all(Stream<Data> values, ValueType element) {
    String joined = values.limit(SHOWN).map(RunCommand::text).collect(Collectors.joining("; "));
    return joined.isEmpty() ? "of " + element : joined;
  }

  private static void write(
      Invocation invocation, Map<String, Data> outputs, String name, Path file) {
    Data data = outputs.get(name);
    if (data == null) {
      throw new SardonyxException(
          ErrorCode.USAGE, "there is no output '" + name + "'; outputs: " + outputs.keySet());
    }
    if (RunInputs.isData(file)) {
      invocation.targets().values().write(data, file);
    } else if (data instanceof Tensor tensor) {
      Npy.write(file, tensor);
    } else {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "output '%s' is %s, which a .npy file cannot hold; write it as a .pb file"
              .formatted(name, data.type()));
    }
  }
}
