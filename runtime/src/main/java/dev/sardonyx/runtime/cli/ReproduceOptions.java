package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Evidence;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.reproduce.Reproduction;
import dev.sardonyx.runtime.vote.ExactNode;
import dev.sardonyx.runtime.vote.ExactTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Option;

/** Whether the node at fault is written as a model of its own. */
final class ReproduceOptions {
  /** Options with a value by which an engine computes otherwise, and which show a fault again. */
  private static final List<String> VALUES = List.of("weights-as", "precision");

  private static final List<String> FLAGS = List.of("no-winograd", "tune");

  private ReproduceOptions() {}

  static Option option() {
    return CommonOptions.value(
        "reproduce",
        "DIR",
        "write the node at which the engines part as a model of its own, with its inputs, outputs"
            + " and the command that shows it again");
  }

  /**
   * Writes what is asked for, and says what was written, in lines. Errors: FILE.
   *
   * @param diagnosis what was found; nothing is written where the engines agree
   */
  static List<String> write(Invocation invocation, Optional<Diagnosis> diagnosis) {
    Optional<Path> folder = invocation.value("reproduce").map(FileNames::path);
    if (folder.isEmpty()) {
      return List.of();
    }
    Optional<Suspect> suspect = diagnosis.flatMap(Diagnosis::divergence);
    if (suspect.isEmpty()) {
      return List.of("--reproduce: the engines part at no node; nothing is written");
    }
    Reproduction.Written written =
        reproduction(diagnosis.get(), suspect.get())
            .withOptions(words(invocation))
            .write(folder.get());
    List<String> lines = new ArrayList<>();
    lines.add("written to " + written.folder() + "; shown again by");
    lines.add("  " + written.command());
    written.lacks().forEach(lack -> lines.add("  not written: " + lack));
    return lines;
  }

  private static Reproduction reproduction(Diagnosis diagnosis, Suspect suspect) {
    Evidence evidence = suspect.evidence();
    ExactNode exact = ExactNode.of(evidence.node(), evidence.taken());
    Map<String, Data> float64 = new LinkedHashMap<>();
    for (Value output : evidence.node().outputs()) {
      ExactTensor.of(exact, output.name()).ifPresent(it -> float64.put(output.name(), it));
    }
    return Reproduction.of(diagnosis, suspect, float64);
  }

  private static List<String> words(Invocation invocation) {
    List<String> words = new ArrayList<>();
    VALUES.forEach(
        name ->
            invocation.value(name).ifPresent(value -> words.addAll(List.of("--" + name, value))));
    FLAGS.stream().filter(invocation::has).forEach(name -> words.add("--" + name));
    return words;
  }
}
