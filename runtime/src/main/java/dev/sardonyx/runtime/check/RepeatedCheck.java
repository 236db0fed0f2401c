package dev.sardonyx.runtime.check;

import dev.sardonyx.runtime.inputs.InputSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A check on several sets of inputs: outputs on each, nodes on the first that fails. */
final class RepeatedCheck {
  /**
   * A whole check on one set.
   *
   * @param judge compares the outputs for other sets, by engine, as it has compared its own
   */
  record Checked(
      CheckReport report, Function<Map<String, Measured>, List<CheckReport.Row>> judge) {}

  /** Runs the engines on sets of inputs, and hands over what each gives. */
  @FunctionalInterface
  interface Outputs {
    void each(Iterable<InputSet> sets, BiConsumer<InputSet, Map<String, Measured>> judge);
  }

  private final int count;
  private final IntFunction<InputSet> sets;
  private final Function<InputSet, Checked> check;
  private final Outputs outputs;

  RepeatedCheck(
      int count, IntFunction<InputSet> sets, Function<InputSet, Checked> check, Outputs outputs) {
    this.count = count;
    this.sets = sets;
    this.check = check;
    this.outputs = outputs;
  }

  CheckReport run() {
    InputSet first = sets.apply(0);
    Checked checked = check.apply(first);
    List<Integer> failed = new ArrayList<>();
    if (!checked.report().passed()) {
      failed.add(0);
    }
    int[] at = {1};
    double[] worst = {largest(checked.report().rows())};
    String[] worstName = {first.name()};
    outputs.each(
        () -> IntStream.range(1, count).mapToObj(sets).iterator(),
        (set, results) -> {
          List<CheckReport.Row> rows = checked.judge().apply(results);
          if (rows.stream().anyMatch(row -> !row.comparison().passes())) {
            failed.add(at[0]);
          }
          if (largest(rows) > worst[0]) {
            worst[0] = largest(rows);
            worstName[0] = set.name();
          }
          at[0]++;
        });
    String furthest =
        "; outputs differ most in %s: %.1e (relative L2)".formatted(worstName[0], worst[0]);
    if (failed.isEmpty()) {
      return checked
          .report()
          .withNote(
              "%d runs agree, nodes were compared in %s%s"
                  .formatted(count, first.name(), furthest));
    }
    List<String> names = failed.stream().map(i -> sets.apply(i).name()).toList();
    CheckReport report =
        failed.getFirst() == 0
            ? checked.report()
            : check.apply(sets.apply(failed.getFirst())).report();
    return report.withNote(
        "%d of %d runs fail: %s; shown is %s, where nodes were compared%s"
            .formatted(failed.size(), count, String.join(", ", names), names.getFirst(), furthest));
  }

  private static double largest(List<CheckReport.Row> rows) {
    return rows.stream().mapToDouble(row -> row.comparison().relativeL2()).max().orElse(0);
  }
}
