package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.OpenLane;
import dev.sardonyx.runtime.bench.Race;
import dev.sardonyx.runtime.kernel.PeakRate;
import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.text.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the native engine's time goes into, step by step, the longest first. */
final class BenchProfile {
  private final BenchSetup setup;
  private final Race race;

  BenchProfile(BenchSetup setup, Race race) {
    this.setup = setup;
    this.race = race;
  }

  /** Profiles those of the native engine. Errors: USAGE where there are none; CHECK. */
  void print(List<Contender> contenders) {
    List<Contender> own = contenders.stream().filter(BenchSetup::isNative).toList();
    if (own.isEmpty()) {
      throw new SardonyxException(ErrorCode.USAGE, "--profile is for the engine native");
    }
    own.forEach(this::print);
  }

  private void print(Contender contender) {
    Console console = setup.invocation().console();
    console.progress("profiling " + contender + " ...");
    var clock = new StepClock();
    try (OpenLane lane = setup.open(contender, clock)) {
      lane.warmUp(race.warmUp());
      clock.reset();
      double whole = race.withoutWarmUp().of(List.of(lane)).getFirst().medianMillis();
      OptionalDouble peak = PeakRate.measured();
      Optional<String> check = BenchCheck.of(setup, List.of(lane));
      console.progressDone();
      List<StepClock.Entry> entries =
          clock.entries().stream()
              .sorted(Comparator.comparing(StepClock.Entry::nanos).reversed())
              .toList();
      if (setup.invocation().json()) {
        entries.forEach(entry -> console.out().println(json(contender, entry, peak)));
      } else {
        print(console, contender, whole, entries, peak);
        console.out().println("outputs: " + check.orElse("compared with nobody's"));
      }
    }
  }

  private void print(
      Console console,
      Contender contender,
      double whole,
      List<StepClock.Entry> entries,
      OptionalDouble peak) {
    var table = new Table("step", "operator", "ms", "% of run", "GFLOP/s", "% of peak", "kernel");
    for (StepClock.Entry entry : entries) {
      boolean counted = entry.label().operations() > 0;
      double all = peak.orElse(Double.NaN) * setup.threads();
      table.row(
          entry.place(),
          entry.label().operator(),
          text("%.4f", entry.nanos() / 1e6),
          text("%.1f", entry.nanos() / 1e4 / whole),
          counted ? text("%.1f", rate(entry)) : "",
          counted && peak.isPresent() ? text("%.0f", 100 * rate(entry) / all) : "",
          entry.kernel());
    }
    console
        .out()
        .println(
            text(
                "profile %s, batch %d, %d thread%s, %s: %.3f ms a run; multiply-adds in registers %s",
                setup.target().name(),
                setup.batch(),
                setup.threads(),
                setup.threads() == 1 ? "" : "s",
                contender,
                whole,
                peak.isPresent() ? text("%.0f GFLOP/s a core", peak.getAsDouble()) : "unknown"));
    console.out().println();
    console.out().print(table);
    console.out().println();
    ProfileChoices.print(console.out(), entries);
  }

  private Json json(Contender contender, StepClock.Entry entry, OptionalDouble peak) {
    boolean counted = entry.label().operations() > 0;
    Json line =
        Json.object()
            .put("model", setup.target().name())
            .put("threads", setup.threads())
            .put("batch", setup.batch())
            .put("engine", contender.engine())
            .put("kernels", contender.kernels())
            .put("step", entry.place())
            .put("operator", entry.label().operator())
            .put("kernel", entry.kernel())
            .put("step_ms", entry.nanos() / 1e6)
            .put("gflops", counted ? rate(entry) : null)
            .put("peak_gflops", peak.isPresent() ? peak.getAsDouble() : null);
    entry.decision().ifPresent(decision -> ProfileChoices.put(line, decision));
    return line;
  }

  /** Operations a nanosecond. */
  private static double rate(StepClock.Entry entry) {
    return (double) entry.label().operations() / Math.max(1, entry.nanos());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
