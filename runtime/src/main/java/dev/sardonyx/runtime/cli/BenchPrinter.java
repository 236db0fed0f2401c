package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.ProcessLane;
import dev.sardonyx.runtime.bench.Readiness;
import dev.sardonyx.runtime.bench.Result;
import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints one setup's times: a table for people, JSON Lines for machines. */
final class BenchPrinter {
  private static final String REFERENCE = "ort";

  /** What an engine took in a process of its own. */
  record Footprint(double openMillis, double megabytes) {}

  /** One start of a process: until its first result, and the part of opening the session. */
  record Start(double firstResultMillis, double openMillis) {
    static Start of(ProcessLane lane) {
      return new Start(lane.startMillis(), lane.openMillis());
    }
  }

  private final BenchSetup setup;
  private final Optional<String> check;
  private final boolean json;
  private final PrintStream out;

  /** A printer; check is what was compared, if anything. */
  BenchPrinter(BenchSetup setup, Optional<String> check) {
    this.setup = setup;
    this.check = check;
    json = setup.invocation().json();
    out = setup.invocation().console().out();
  }

  void print(List<Result> results, Map<Contender, Footprint> footprints) {
    Optional<Result> reference = reference(results);
    var table =
        new Table(
            "engine",
            "kernels",
            "weights",
            "runs",
            "median ms",
            "p10 ms",
            "p99 ms",
            "bytes/run",
            "open ms",
            "RSS MB",
            "ort / this",
            "quartiles");
    for (Result result : results) {
      Footprint footprint = Objects.requireNonNull(footprints.get(result.contender()));
      Result.@Nullable Ratio ratio = reference.map(result::ratioOf).orElse(null);
      if (json) {
        out.println(line(result, footprint));
      }
      table.row(
          result.contender().engine(),
          result.contender().kernels(),
          setup.storage(result.contender()).word(),
          result.runs(),
          millis(result.medianMillis()) + (result.stable() ? "" : " ~"),
          millis(result.p10Millis()),
          millis(result.p99Millis()),
          Math.round(result.bytesPerRun()),
          text("%.0f", footprint.openMillis()),
          text("%.0f", footprint.megabytes()),
          ratio == null ? "" : text("%.2f", ratio.median()),
          ratio == null ? "" : text("%.2f .. %.2f", ratio.lowerQuartile(), ratio.upperQuartile()));
    }
    if (json) {
      reference.ifPresent(ort -> results.forEach(result -> printRatio(result, ort)));
      return;
    }
    boolean apart = setup.threads() > 1;
    out.println(heading() + (apart ? ", in processes in turn" : ", in turn in one process"));
    out.println();
    out.print(table);
    if (!results.stream().allMatch(Result::stable)) {
      out.println();
      out.println(
          text(
              "~ not stable to %.0f %% within the time to warm up: --warmup gives more",
              100 * Readiness.SPREAD));
    }
    printCheck();
  }

  private void printRatio(Result result, Result ort) {
    if (BenchSetup.isNative(result.contender())) {
      Result.Ratio ratio = result.ratioOf(ort);
      out.println(
          start(result.contender())
              .put("summary", true)
              .put("ratio_ort_over_native", ratio.median())
              .put("ratio_p25", ratio.lowerQuartile())
              .put("ratio_p75", ratio.upperQuartile())
              .put("verdict", check.isPresent() ? "pass" : "not compared"));
    }
  }

  private Json line(Result result, Footprint footprint) {
    return start(result.contender())
        .put("runs", result.runs())
        .put("stable", result.stable())
        .put("median_ms", result.medianMillis())
        .put("p10_ms", result.p10Millis())
        .put("p99_ms", result.p99Millis())
        .put("alloc_bytes_per_run", result.bytesPerRun())
        .put("open_ms", footprint.openMillis())
        .put("rss_mb", Double.isNaN(footprint.megabytes()) ? null : footprint.megabytes());
  }

  private Json start(Contender contender) {
    Precision precision = setup.precision(contender);
    Json line =
        Json.object()
            .put("model", setup.target().name())
            .put("threads", setup.threads())
            .put("batch", setup.batch())
            .put("engine", contender.engine())
            .put("kernels", contender.kernels())
            .put("weights", setup.storage(contender).word());
    return precision == Precision.FLOAT32 ? line : line.put("precision", precision.word());
  }

  /** From the start of a process to its first result. */
  void printStarts(Map<Contender, List<Start>> starts) {
    var table =
        new Table("engine", "kernels", "weights", "starts", "first result ms", "least", "open ms");
    starts.forEach(
        (contender, all) -> {
          List<Start> sorted =
              all.stream().sorted(Comparator.comparing(Start::firstResultMillis)).toList();
          Start middle = sorted.get(sorted.size() / 2);
          if (json) {
            out.println(
                start(contender)
                    .put("cold_ms", middle.firstResultMillis())
                    .put("cold_least_ms", sorted.getFirst().firstResultMillis())
                    .put("open_ms", middle.openMillis())
                    .put("verdict", check.isPresent() ? "pass" : "not compared"));
          }
          table.row(
              contender.engine(),
              contender.kernels(),
              setup.storage(contender).word(),
              all.size(),
              text("%.0f", middle.firstResultMillis()),
              text("%.0f", sorted.getFirst().firstResultMillis()),
              text("%.0f", middle.openMillis()));
        });
    if (!json) {
      out.println(heading() + ", from the start of a process: JVM, model, session, first run");
      out.println();
      out.print(table);
      printCheck();
    }
  }

  private String heading() {
    Precision precision = setup.options().precision();
    return "bench %s, batch %d, %d thread%s%s"
        .formatted(
            setup.target().name(),
            setup.batch(),
            setup.threads(),
            setup.threads() == 1 ? "" : "s",
            precision == Precision.FLOAT32 ? "" : ", precision " + precision.word());
  }

  private void printCheck() {
    out.println();
    out.println("outputs: " + check.orElse("compared with nobody's"));
    CommonOptions.lack(setup.invocation()).ifPresent(lack -> out.println("note: " + lack));
  }

  private static Optional<Result> reference(List<Result> results) {
    return results.stream()
        .filter(result -> result.contender().engine().startsWith(REFERENCE))
        .findFirst();
  }

  private static String millis(double value) {
    return text(value < 1 ? "%.4f" : "%.2f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
