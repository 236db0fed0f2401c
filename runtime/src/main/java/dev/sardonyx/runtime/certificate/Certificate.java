package dev.sardonyx.runtime.certificate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a check has tested: tested equivalence, on these inputs and within these bounds, and no
 * proof of more.
 *
 * @param model the model as it was named: registered, or a file
 * @param engines what takes part by name, with versions
 * @param order the names of the engines that were asked for, the reference last
 * @param options how sessions were opened, by the words of the command line
 * @param environment the machine, the JVM and this program
 */
public record Certificate(
    String date,
    String model,
    Hashes hashes,
    SortedMap<String, String> engines,
    List<String> order,
    SortedMap<String, String> options,
    SortedMap<String, String> environment,
    List<Run> runs) {
  /** What this is, in the words of the file. */
  public static final String CLAIM = "tested equivalence";

  /** Of the file's format. */
  public static final int VERSION = 1;

  /**
   * A run on one set of inputs.
   *
   * @param seed what drawn inputs came from
   * @param fromFiles whether any came from a file, which must be given again
   * @param sizes of symbolic dims that were asked for
   * @param words the distributions that were asked for by input
   * @param others the distribution of all other inputs; empty for what fits the graph
   * @param inputs SHA-256 of each
   */
  public record Run(
      long seed,
      boolean fromFiles,
      SortedMap<String, Long> sizes,
      SortedMap<String, String> words,
      String others,
      SortedMap<String, String> inputs,
      List<Output> outputs,
      boolean passed) {
    public Run {
      sizes = new TreeMap<>(sizes);
      words = new TreeMap<>(words);
      inputs = new TreeMap<>(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * One output on one engine against the reference.
   *
   * @param bounds what an element may lie off (absolute, relative) and all of them (norm), before
   *     what the options of engines lose; empty where nothing may differ
   * @param severity how much of what is allowed was used up; 1 at most where it passed
   */
  public record Output(
      String output,
      String engine,
      String reference,
      String type,
      SortedMap<String, Double> bounds,
      double maxAbsolute,
      double relativeL2,
      double severity,
      boolean passed) {
    public Output {
      bounds = new TreeMap<>(bounds);
    }

    /** What tells it from others. */
    String key() {
      return "output %s: %s / %s".formatted(output, engine, reference);
    }
  }

  public Certificate {
    engines = new TreeMap<>(engines);
    order = List.copyOf(order);
    options = new TreeMap<>(options);
    environment = new TreeMap<>(environment);
    runs = List.copyOf(runs);
  }

  /** Whether all runs passed. */
  public boolean passed() {
    return !runs.isEmpty() && runs.stream().allMatch(Run::passed);
  }
}
