package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.inputs.InputFiles;
import dev.sardonyx.runtime.inputs.InputPlan;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.inputs.InputWord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The inputs of a run from the command line: files, distributions, or what fits the graph. */
final class RunInputs {
  private static final String OTHERS = "inputs";

  private RunInputs() {}

  /** The inputs that are asked for, by files or distributions; others are left out. */
  static Map<String, Data> asked(Invocation invocation, Graph graph) {
    InputPlan plan = plan(invocation, graph, 1);
    long seed = invocation.seed();
    return (invocation.has(OTHERS) ? plan.draw(seed) : plan.drawAsked(seed)).values();
  }

  /** Errors: INPUT for an input that is missing, with what to do. */
  static void requireAll(Graph graph, Map<String, Data> values) {
    for (Value input : new InputPlan(graph).needed()) {
      if (!values.containsKey(input.name())) {
        throw new SardonyxException(
            ErrorCode.INPUT,
            "input '%s' is missing; expected %s: give it by -i %s=FILE, or --inputs auto for random values"
                .formatted(input.name(), input.type(), input.name()));
      }
    }
  }

  /** The inputs, with values drawn where none is given. Errors: USAGE, and those of the files. */
  static InputSet of(Invocation invocation, Graph graph, long batch) {
    return plan(invocation, graph, batch).draw(invocation.seed());
  }

  private static InputPlan plan(Invocation invocation, Graph graph, long batch) {
    var plan = new InputPlan(graph).sizes(invocation.dims(), batch);
    var files = new InputFiles(() -> invocation.targets().values());
    invocation
        .pairs("input")
        .forEach(
            (name, word) -> {
              switch (InputWord.parse(word, FileNames::path)) {
                case InputWord.OfFile file -> plan.give(name, file, files);
                case InputWord.Drawn(var distribution) -> plan.draw(name, distribution);
              }
            });
    Optional<InputWord> others =
        invocation.value(OTHERS).map(word -> InputWord.parse(word, FileNames::path));
    others.ifPresent(
        word -> {
          switch (word) {
            case InputWord.OfFile file -> plan.giveOthers(file, files);
            case InputWord.Drawn(var distribution) -> distribution.ifPresent(plan::drawOthers);
          }
        });
    if (plan.missing().isEmpty() && !plan.needed().isEmpty() && !invocation.dims().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--dim is for random inputs; here files give all inputs and their sizes");
    }
    return plan;
  }

  /** Whether a file holds one of ONNX's data messages, by its name. */
  static boolean isData(Path file) {
    return file.toString().endsWith(".pb");
  }
}
