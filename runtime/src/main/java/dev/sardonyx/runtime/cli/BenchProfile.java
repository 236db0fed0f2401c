package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.OpenLane;
import dev.sardonyx.runtime.bench.Race;
import dev.sardonyx.runtime.kernel.PeakRate;
import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.profile.NodeTimes;
import dev.sardonyx.runtime.profile.Profile;
import dev.sardonyx.runtime.profile.ProfileChart;
import dev.sardonyx.runtime.profile.ProfilePage;
import dev.sardonyx.runtime.profile.StepTime;
import dev.sardonyx.runtime.profile.Total;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the native engine's time goes into, step by step, and beside it that of others. */
final class BenchProfile {
  /** How long others than the native engine run for their times. */
  private static final Duration OTHERS = Duration.ofSeconds(2);

  private final BenchSetup setup;
  private final Race race;
  private final ProfileOptions options;
  private final Console console;
  private final List<NodeTimes> times = new ArrayList<>();

  BenchProfile(BenchSetup setup, Race race) {
    this.setup = setup;
    this.race = race;
    options = ProfileOptions.of(setup.invocation());
    console = setup.invocation().console();
  }

  /** Profiles all. Errors: USAGE where there is no native engine among them; CHECK; FILE. */
  void print(List<Contender> contenders) {
    if (contenders.stream().noneMatch(BenchSetup::isNative)) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--profile is for the engine native, with others beside it");
    }
    for (Contender contender : contenders) {
      console.progress("profiling " + contender + " ...");
      if (BenchSetup.isNative(contender)) {
        profile(contender);
      } else {
        others(contender);
      }
    }
    if (times.size() > 1) {
      var table = new EngineTimes(setup.graph(), times);
      if (setup.invocation().json()) {
        table.json(setup.target().name()).forEach(console.out()::println);
      } else {
        table.print(console.out());
      }
    }
  }

  private void others(Contender contender) {
    Optional<NodeTimes> found =
        NodeTimes.measure(
            Sardonyx.engine(contender.engine()),
            setup.graph(),
            setup.options(),
            setup.inputs(),
            OTHERS);
    console.progressDone();
    found.ifPresentOrElse(
        times::add,
        () -> console.err().println("note: " + contender + " does not tell the times of nodes"));
  }

  private void profile(Contender contender) {
    var clock = new StepClock();
    try (OpenLane lane = setup.open(contender, clock)) {
      lane.warmUp(race.warmUp());
      clock.reset();
      double whole = race.withoutWarmUp().of(List.of(lane)).getFirst().medianMillis();
      OptionalDouble core = PeakRate.measured();
      OptionalDouble peak =
          core.isPresent()
              ? OptionalDouble.of(core.getAsDouble() * setup.threads())
              : OptionalDouble.empty();
      Optional<String> check = BenchCheck.of(setup, List.of(lane));
      console.progressDone();
      var profile = Profile.of(title(contender), whole, peak, setup.threads(), clock.entries());
      times.add(NodeTimes.of("" + contender, setup.graph(), nodeTimes(clock)));
      PrintStream out = console.out();
      if (setup.invocation().json()) {
        profile.longestFirst().forEach(step -> out.println(json(contender, step)));
        switch (options.by()) {
          case NODE -> {}
          case OPERATOR -> profile.byOperator().forEach(sum -> out.println(json("operator", sum)));
          case MODULE -> profile.byModule().forEach(sum -> out.println(json("module", sum)));
        }
      } else {
        new ProfilePrinter(out, profile).print(options.by());
        ProfileChoices.print(out, profile.longestFirst().stream().map(StepTime::entry).toList());
        out.println("outputs: " + check.orElse("compared with nobody's"));
        out.println();
      }
      options.plot().ifPresent(file -> ProfileChart.write(file, profile));
      options.page().ifPresent(file -> ProfilePage.write(file, profile));
    }
  }

  private static List<NodeTime> nodeTimes(StepClock clock) {
    return clock.entries().stream()
        .map(e -> new NodeTime(e.label().node(), e.label().operator(), e.nanos() / 1e6))
        .toList();
  }

  private String title(Contender contender) {
    return String.format(
        Locale.ROOT,
        "profile %s, batch %d, %d thread%s, %s",
        setup.target().name(),
        setup.batch(),
        setup.threads(),
        setup.threads() == 1 ? "" : "s",
        contender);
  }

  private Json json(String what, Total total) {
    return Json.object()
        .put("model", setup.target().name())
        .put("threads", setup.threads())
        .put("batch", setup.batch())
        .put(what, total.name())
        .put("steps", total.steps())
        .put("total_ms", total.millis())
        .put("gflops", total.operations() > 0 ? total.rate() : null)
        .put("gbytes_per_s", total.bytesRate());
  }

  private Json json(Contender contender, StepTime step) {
    StepClock.Entry entry = step.entry();
    Json line =
        Json.object()
            .put("model", setup.target().name())
            .put("threads", setup.threads())
            .put("batch", setup.batch())
            .put("engine", contender.engine())
            .put("kernels", contender.kernels())
            .put("step", entry.place())
            .put("node", entry.label().node())
            .put("operator", entry.label().operator())
            .put("module", entry.label().module())
            .put("kernel", entry.kernel())
            .put("step_ms", step.millis())
            .put("gflops", step.isCounted() ? step.rate() : null)
            .put("peak_gflops", step.peak().isPresent() ? step.peak().getAsDouble() : null)
            .put("bytes", entry.label().bytes())
            .put("gbytes_per_s", step.bytesRate())
            .put("copy_gbytes_per_s", step.copyRate())
            .put("bound", step.bound().word())
            .put("share_of_bound", step.shareOfBound());
    entry.decision().ifPresent(decision -> ProfileChoices.put(line, decision));
    return line;
  }
}
