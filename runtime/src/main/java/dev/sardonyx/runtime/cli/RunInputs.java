package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.inputs.InputFiles;
import dev.sardonyx.runtime.inputs.InputFolder;
import dev.sardonyx.runtime.inputs.InputPlan;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.inputs.InputWord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inputs of a run from the command line: files, distributions, or what fits the graph. */
final class RunInputs {
  private static final String OTHERS = "inputs";
  private static final String RUNS = "runs";
  private static final int MOST_RUNS = 100_000;

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

  /**
   * As many sets of inputs from seed to seed; one alone where nothing is drawn. Errors: as above.
   */
  static List<InputSet> several(Invocation invocation, Graph graph, long batch, int count) {
    InputPlan plan = plan(invocation, graph, batch);
    List<InputSet> sets = new ArrayList<>();
    for (int i = 0; i < count && (i == 0 || sets.getFirst().drawn()); i++) {
      sets.add(plan.draw(invocation.seed() + i));
    }
    return sets;
  }

  /**
   * Has a check run on the inputs, in as many sets as {@code --runs} says or a folder has. Errors:
   * USAGE where files give all and they are to be drawn several times; those of the files.
   *
   * @param ofRandom the check's remark where values are drawn
   */
  static void into(CrossCheck check, Invocation invocation, String ofRandom) {
    List<InputPlan> plans = plans(invocation, check.graph(), CrossCheck.BATCH);
    InputPlan plan = plans.getFirst();
    boolean drawn = !plan.missing().isEmpty();
    long most = plans.size() > 1 ? plans.size() : drawn ? MOST_RUNS : 1;
    int runs = (int) invocation.number(RUNS, plans.size(), 1, MOST_RUNS);
    if (runs > most) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--runs %d: there %s, and nothing is drawn anew"
              .formatted(
                  runs, most == 1 ? "is one set of inputs" : "are " + most + " sets of inputs"));
    }
    long seed = invocation.seed();
    check.inputs(runs, i -> plans.size() > 1 ? plans.get(i).draw(seed) : plan.draw(seed + i));
    check.sensitivity(
        () -> drawn ? Optional.of(plan.draw(seed + runs).values()) : Optional.empty());
    if (drawn) {
      check.remark(ofRandom);
    }
  }

  /** The plan of the only set of inputs. Errors: USAGE where a folder holds several sets. */
  private static InputPlan plan(Invocation invocation, Graph graph, long batch) {
    List<InputPlan> plans = plans(invocation, graph, batch);
    if (plans.size() > 1) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--inputs %s holds %d sets of inputs: say one of its folders"
              .formatted(invocation.value(OTHERS).orElse(""), plans.size()));
    }
    return plans.getFirst();
  }

  private static List<InputPlan> plans(Invocation invocation, Graph graph, long batch) {
    Optional<InputWord> others =
        invocation.value(OTHERS).map(word -> InputWord.parse(word, FileNames::path));
    if (others.isPresent()
        && others.get() instanceof InputWord.OfFile(Path path, String option)
        && option.isEmpty()) {
      List<Path> sources = Files.isDirectory(path) ? InputFolder.sets(path) : List.of(path);
      return sources.stream().map(source -> given(invocation, graph, batch, source)).toList();
    }
    InputPlan plan = named(invocation, graph, batch);
    others.ifPresent(
        word -> {
          switch (word) {
            case InputWord.OfFile file ->
                throw new SardonyxException(
                    ErrorCode.USAGE,
                    "--inputs takes no option behind a file, found "
                        + file.told()
                        + "; one input's file is given by -i NAME=FILE");
            case InputWord.Drawn(var distribution) -> distribution.ifPresent(plan::drawOthers);
          }
        });
    return List.of(plan);
  }

  private static InputPlan given(Invocation invocation, Graph graph, long batch, Path source) {
    InputPlan plan = named(invocation, graph, batch).named(String.valueOf(source.getFileName()));
    return plan.giveOthers(source, files(invocation));
  }

  /** What is said of inputs by their names. */
  private static InputPlan named(Invocation invocation, Graph graph, long batch) {
    var plan = new InputPlan(graph).sizes(invocation.dims(), batch);
    invocation
        .pairs("input")
        .forEach(
            (name, word) -> {
              switch (InputWord.parse(word, FileNames::path)) {
                case InputWord.OfFile file -> plan.give(name, file, files(invocation));
                case InputWord.Drawn(var distribution) -> plan.draw(name, distribution);
              }
            });
    return plan;
  }

  private static InputFiles files(Invocation invocation) {
    return new InputFiles(() -> invocation.targets().values());
  }

  /** Whether a file holds one of ONNX's data messages, by its name. */
  static boolean isData(Path file) {
    return file.toString().endsWith(".pb");
  }
}
