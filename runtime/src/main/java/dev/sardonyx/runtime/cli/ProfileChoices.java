package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.text.Table;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which way each node of a profile is computed, why, and what the others would cost. */
final class ProfileChoices {
  private ProfileChoices() {}

  /** Prints those steps for which there are several ways, and an empty line; or nothing. */
  static void print(PrintStream out, List<StepClock.Entry> entries) {
    var table = new Table("step", "way", "by", "ms", "others");
    boolean any = false;
    for (StepClock.Entry entry : entries) {
      if (entry.decision().isPresent()) {
        Decision decision = entry.decision().get();
        any = true;
        table.row(
            entry.place(),
            decision.way().word(),
            by(decision),
            millis(decision.cost(decision.way())),
            decision.others().stream()
                .map(way -> way.word() + " " + millis(decision.cost(way)))
                .collect(Collectors.joining(", ")));
      }
    }
    if (any) {
      out.println("ways to compute a step, with the cost of each by a model or a measurement:");
      out.println();
      out.print(table);
      out.println();
    }
  }

  /** Adds a decision to the line of a step. */
  static void put(Json line, Decision decision) {
    Json costs = Json.object();
    for (Way way : Way.values()) {
      if (decision.nanos().containsKey(way)) {
        costs.put(way.word(), decision.cost(way) / 1e6);
      }
    }
    line.put("way", decision.way().word()).put("way_by", by(decision)).put("ways_ms", costs);
  }

  private static String by(Decision decision) {
    return decision.measured() ? "measured" : "model";
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }
}
