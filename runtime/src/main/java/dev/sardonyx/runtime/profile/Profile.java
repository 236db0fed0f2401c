package dev.sardonyx.runtime.profile;

import dev.sardonyx.runtime.kernel.CopyRate;
import dev.sardonyx.runtime.plan.StepClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Where the time of a model's run goes on the native engine.
 *
 * @param title the model and how it was run, in a line
 * @param wholeMillis the median of whole runs
 * @param peak the operations a nanosecond of all threads; empty where they are not known
 * @param steps in the order of a run
 */
public record Profile(String title, double wholeMillis, OptionalDouble peak, List<StepTime> steps) {
  private static final String NO_MODULE = "(no module)";

  /** Copies the steps. */
  public Profile {
    steps = List.copyOf(steps);
  }

  /** The times of a clock, with what copies of as many bytes take, which is measured now. */
  public static Profile of(
      String title,
      double wholeMillis,
      OptionalDouble peak,
      int threads,
      List<StepClock.Entry> entries) {
    try (var copies = new CopyRate(threads)) {
      return new Profile(
          title,
          wholeMillis,
          peak,
          entries.stream()
              .map(entry -> new StepTime(entry, peak, copies.of(entry.label().bytes())))
              .toList());
    }
  }

  /** The steps with the longest first. */
  public List<StepTime> longestFirst() {
    return steps.stream().sorted(Comparator.comparing(StepTime::millis).reversed()).toList();
  }

  /** The time of all steps. */
  public double stepMillis() {
    return steps.stream().mapToDouble(StepTime::millis).sum();
  }

  /** The time of each operator, the longest first. */
  public List<Total> byOperator() {
    Map<String, Total> totals = new LinkedHashMap<>();
    for (StepTime step : steps) {
      totals.merge(
          step.operator(), Total.none(step.operator(), 0).and(step), (so, _) -> so.and(step));
    }
    return totals.values().stream().sorted(Comparator.comparing(Total::millis).reversed()).toList();
  }

  /**
   * The time of each module with those within it, as a tree: each before those within it, in the
   * order of a run.
   */
  public List<Total> byModule() {
    Map<String, Total> totals = new LinkedHashMap<>();
    Map<String, List<String>> children = new LinkedHashMap<>();
    for (StepTime step : steps) {
      String module = step.entry().label().module();
      String parent = "";
      int depth = 0;
      for (String name : (module.isEmpty() ? NO_MODULE : module).split("\\.")) {
        String path = parent.isEmpty() ? name : parent + "." + name;
        if (!totals.containsKey(path)) {
          totals.put(path, Total.none(path, depth));
          children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(path);
        }
        totals.compute(path, (_, so) -> so == null ? null : so.and(step));
        parent = path;
        depth++;
      }
    }
    List<Total> tree = new ArrayList<>();
    var open = new ArrayList<>(children.getOrDefault("", List.of()).reversed());
    while (!open.isEmpty()) {
      String path = open.removeLast();
      tree.add(totals.getOrDefault(path, Total.none(path, 0)));
      open.addAll(children.getOrDefault(path, List.of()).reversed());
    }
    return tree;
  }
}
