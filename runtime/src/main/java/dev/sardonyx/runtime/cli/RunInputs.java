package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
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

  /**
   * The inputs where nothing is drawn that nobody asked for. Errors: USAGE for inputs that are
   * missing.
   */
  static Map<String, Data> asked(Invocation invocation, Graph graph) {
    boolean any = invocation.has(OTHERS) || invocation.has("input");
    InputPlan plan = plan(invocation, graph, 1);
    if (!invocation.has(OTHERS) && !plan.unasked().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "no value for %s of %s: give %s -i NAME=FILE, or --inputs auto for random ones"
              .formatted(plan.unasked(), graph.name(), any ? "these, too, by" : "them by"));
    }
    return plan.draw(invocation.seed()).values();
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
          ErrorCode.USAGE, "--dim is for random inputs; here files give all inputs and their sizes");
    }
    return plan;
  }

  /** Whether a file holds one of ONNX's data messages, by its name. */
  static boolean isData(Path file) {
    return file.toString().endsWith(".pb");
  }
}
