package dev.sardonyx.runtime.generate.proof;

import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.canonical.GraphComparison;
import dev.sardonyx.runtime.compare.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * What a round trip found.
 *
 * @param diagnostics what the compiler said of the sources
 * @param layers how many modules are in the model
 * @param parameters how many numbers its parameters have
 * @param trials runs and comparisons, one for each set of input types
 * @param passes what rewrote the graphs before they were compared
 * @param failure why there was nothing to run
 */
public record ProofReport(
    List<String> diagnostics,
    int layers,
    long parameters,
    List<Trial> trials,
    List<String> passes,
    Optional<String> failure) {

  /** The comparisons for inputs of some types. */
  public record Trial(List<ValueType> inputs, List<Output> outputs, GraphComparison graphs) {
    public Trial {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** One output of the generated model against the original's. */
  public record Output(String name, Comparison comparison) {}

  public ProofReport {
    diagnostics = List.copyOf(diagnostics);
    trials = List.copyOf(trials);
    passes = passes.stream().sorted().toList();
  }

  /** A proof that could not be made. */
  public static ProofReport failed(String why) {
    return failed(why, List.of());
  }

  static ProofReport failed(String why, List<String> diagnostics) {
    return new ProofReport(diagnostics, 0, 0, List.of(), List.of(), Optional.of(why));
  }

  /** Whether all outputs and graphs agree, and the compiler had nothing to say. */
  public boolean passed() {
    return failure.isEmpty()
        && diagnostics.isEmpty()
        && !trials.isEmpty()
        && trials.stream()
            .allMatch(
                trial ->
                    trial.graphs().isEqual()
                        && trial.outputs().stream()
                            .allMatch(output -> output.comparison().passes()));
  }
}
