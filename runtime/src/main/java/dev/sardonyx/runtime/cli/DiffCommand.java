package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.canonical.GraphComparison;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.diff.Facts;
import dev.sardonyx.runtime.diff.ModelDifference;
import dev.sardonyx.runtime.diff.SameInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Tells how two models differ. */
final class DiffCommand implements Command {
  private static final List<String> PREFERRED = List.of("ort", "native");

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String arguments() {
    return "MODEL MODEL";
  }

  @Override
  public String summary() {
    return "how a second model differs from a first: structure, attributes, weights, and with --run numbers";
  }

  @Override
  public Options options() {
    return InputOptions.addTo(
        new Options()
            .addOption(
                CommonOptions.flag(
                    "run", "also run both on the same inputs and compare the outputs"))
            .addOption(
                CommonOptions.values(
                    "e",
                    "engine",
                    "NAME",
                    "what runs them; default ort where it is, else native")));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(2, 2);
  }

  @Override
  public int run(Invocation invocation) {
    Target before = invocation.targets().find(invocation.arguments().getFirst(), invocation.seed());
    Target after = invocation.targets().find(invocation.arguments().getLast(), invocation.seed());
    ModelDifference difference = ModelDifference.of(before.graph(), after.graph());
    List<String> facts = new ArrayList<>(Facts.differences("file", before.facts(), after.facts()));
    facts.addAll(difference.facts());
    List<String> notes = new ArrayList<>();
    Optional<GraphComparison> form =
        difference.isOneStructure()
            ? Optional.empty()
            : inOneForm(invocation, before, after, notes);
    List<SameInputs.Output> outputs = List.of();
    Optional<Engine> engine = Optional.empty();
    if (invocation.has("run") && !SameInputs.fit(before.graph(), after.graph())) {
      notes.add("not run: the models do not take and give as many values");
    } else if (invocation.has("run")) {
      Engine runs = engine(invocation);
      engine = Optional.of(runs);
      outputs = sameInputs(invocation, before, after).run(runs);
    }
    var found =
        new DiffPrinter.Found(
            before.name(), after.name(), difference, form, engine, outputs, facts, notes);
    DiffPrinter.print(invocation, found);
    return found.isSame() ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }

  private static SameInputs sameInputs(Invocation invocation, Target before, Target after) {
    return new SameInputs(
        before.graph(),
        after.graph(),
        RunInputs.of(invocation, before.graph(), CrossCheck.BATCH).values());
  }

  /** What cannot be rewritten is no error: the difference stands without it. */
  private static Optional<GraphComparison> inOneForm(
      Invocation invocation, Target before, Target after, List<String> notes) {
    try {
      return Optional.of(sameInputs(invocation, before, after).inOneForm());
    } catch (SardonyxException error) {
      notes.add("not compared in one form: " + error.getMessage());
      return Optional.empty();
    }
  }

  private static Engine engine(Invocation invocation) {
    return invocation
        .value("engine")
        .map(Sardonyx::engine)
        .or(
            () ->
                PREFERRED.stream()
                    .flatMap(
                        name -> Sardonyx.engines().stream().filter(one -> one.name().equals(name)))
                    .filter(one -> one.unavailable().isEmpty())
                    .findFirst())
        .orElseThrow(() -> new SardonyxException(ErrorCode.ENGINE, "no engine can be used here"));
  }
}
