package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.profile.NodeTimes;
import dev.sardonyx.runtime.report.HtmlReport;
import dev.sardonyx.runtime.report.ReportData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Pages for people: of a check, and of a graph alone. */
final class ReportOptions {
  private static final String REPORT = "report";

  /** The option of an inspection; it is for models. */
  static final String HTML = "html";

  /** How long each engine runs to tell how long its nodes take. */
  private static final Duration TIMING = Duration.ofSeconds(1);

  private ReportOptions() {}

  /** The option of a check. */
  static Options addTo(Options options) {
    return options.addOption(
        CommonOptions.value(
            REPORT,
            "FILE",
            "write a page for a browser: verdict, error by depth, the graph, the worst node; goes"
                + " through all nodes"));
  }

  /** The option of an inspection. */
  static Options addHtmlTo(Options options) {
    return options.addOption(
        CommonOptions.value(HTML, "FILE", "write the graph as a page for a browser"));
  }

  /** Has a check go through all nodes where a page is asked for. Errors: USAGE with --all. */
  static void prepare(Invocation invocation, CrossCheck check) {
    if (file(invocation, REPORT).isPresent()) {
      if (invocation.has("all")) {
        throw new SardonyxException(
            ErrorCode.USAGE, "--report is for one MODEL, not for --all; found both");
      }
      check.bisect();
    }
  }

  /**
   * Writes the page of a check where it is asked for. Errors: FILE.
   *
   * @param inputs those of the check, on which nodes are timed
   */
  static void write(
      Invocation invocation,
      String model,
      Graph graph,
      Map<String, Data> inputs,
      CheckReport found) {
    file(invocation, REPORT)
        .ifPresent(
            file -> {
              List<Engine> engines = engines(found);
              Map<String, String> environment = new LinkedHashMap<>();
              engines.forEach(
                  engine -> environment.put("engine " + engine.name(), engine.description()));
              environment.putAll(machine());
              environment.put("seed", "" + invocation.seed());
              SessionOptions options =
                  CommonOptions.session(invocation, SessionOptions.defaults().threads(1));
              List<NodeTimes> times =
                  engines.stream()
                      .map(engine -> NodeTimes.measure(engine, graph, options, inputs, TIMING))
                      .flatMap(Optional::stream)
                      .toList();
              HtmlReport.write(
                  file, new ReportData(model, graph, environment, Optional.of(found), times));
            });
  }

  /** Writes the page of a graph where it is asked for. Errors: FILE. */
  static void write(Invocation invocation, Inspection inspection) {
    file(invocation, HTML)
        .ifPresent(
            file -> {
              Map<String, String> facts = new LinkedHashMap<>(inspection.facts());
              facts.put("sardonyx", Help.version());
              HtmlReport.write(file, ReportData.of(inspection.name(), inspection.graph(), facts));
            });
  }

  private static Optional<Path> file(Invocation invocation, String option) {
    return invocation.value(option).map(FileNames::path);
  }

  /** Those of this class path that took part. */
  private static List<Engine> engines(CheckReport found) {
    return Sardonyx.engines().stream()
        .filter(engine -> found.milliseconds().containsKey(engine.name()))
        .toList();
  }

  private static Map<String, String> machine() {
    Map<String, String> facts = new LinkedHashMap<>();
    String processor = KernelSelection.processor().name();
    facts.put(
        "processor",
        "%s, %d cores for this process"
            .formatted(
                processor.isEmpty() ? System.getProperty("os.arch") : processor,
                Runtime.getRuntime().availableProcessors()));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("sardonyx", Help.version());
    facts.put(
        "checked at",
        OffsetDateTime.now(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")));
    return facts;
  }
}
