package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.conformance.CaseRunner;
import dev.sardonyx.runtime.conformance.DataSet;
import dev.sardonyx.runtime.conformance.DataSets;
import dev.sardonyx.runtime.conformance.Outcome;
import dev.sardonyx.runtime.conformance.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/** Runs a folder of ONNX's test cases: each costs itself alone, whatever becomes of it. */
final class ConformanceCommand implements Command {
  private static final long LONGEST_MILLIS = 86_400_000;
  private static final long MOST_JOBS = 256;

  @Override
  public String name() {
    return "conformance";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public String summary() {
    return "run a folder of ONNX test cases and write their outputs";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommonOptions.value(
                "cases", "DIR", "folders with model.onnx and test_data_set_N/input_i.pb"))
        .addOption(CommonOptions.value("out", "DIR", "where outputs go: CASE/SET/output_i.pb"))
        .addOption(
            CommonOptions.values(
                "e",
                "engine",
                "NAME",
                "native (default; also called java, as results name it) or ort"))
        .addOption(CommonOptions.value("only", "GLOB", "run cases of such names, as test_conv*"))
        .addOption(CommonOptions.value("timeout-ms", "N", "time for each data set; default 20000"))
        .addOption(CommonOptions.value("jobs", "N", "data sets to run at a time; default 1"));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, 0);
  }

  @Override
  public int run(Invocation invocation) {
    Path cases = required(invocation, "cases");
    Path out = required(invocation, "out");
    Engine engine = engine(invocation);
    String shown = engine.name().equals("native") ? "java" : engine.name();
    Duration limit = Duration.ofMillis(invocation.number("timeout-ms", 20_000, 1, LONGEST_MILLIS));
    int jobs = (int) invocation.number("jobs", 1, 1, MOST_JOBS);
    List<DataSet> sets = DataSets.in(cases, invocation.value("only").orElse("*"));
    Targets targets = invocation.targets();
    var runner = new CaseRunner(engine, targets.format(Path.of("model.onnx")), targets.values());
    var counts = new EnumMap<Status, Integer>(Status.class);
    runner.run(
        sets,
        out,
        limit,
        jobs,
        outcome -> {
          counts.merge(outcome.status(), 1, Integer::sum);
          print(invocation.console(), outcome, shown);
        });
    invocation.console().out().println(summary(counts, shown));
    return CommandLineTool.SUCCESS;
  }

  private static Path required(Invocation invocation, String option) {
    return invocation
        .value(option)
        .map(FileNames::path)
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.USAGE,
                    "conformance wants --cases DIR and --out DIR; see sardonyx conformance --help"));
  }

  /** The engine of a name, where {@code java} is the contract's for ours. Errors: ENGINE. */
  private static Engine engine(Invocation invocation) {
    String asked = invocation.value("engine").orElse("native");
    Engine engine = Sardonyx.engine(asked.equals("java") ? "native" : asked);
    engine
        .unavailable()
        .ifPresent(
            reason -> {
              throw new SardonyxException(ErrorCode.ENGINE, reason);
            });
    return engine;
  }

  private static void print(Console console, Outcome outcome, String engine) {
    boolean failed = outcome.status() != Status.OK;
    if (failed) {
      DataSet set = outcome.set();
      console.err().println(set.caseName() + "/" + set.name() + ": " + outcome.detail());
    }
    console
        .out()
        .println(
            Json.object()
                .put("case", outcome.set().caseName())
                .put("dataset", outcome.set().name())
                .put("status", outcome.status())
                .put("stage", failed ? outcome.stage() : null)
                .put("reason", failed ? outcome.reason() : null)
                .put("engine", engine)
                .put("load_ms", rounded(outcome.loadMillis()))
                .put("run_ms", rounded(outcome.runMillis())));
  }

  private static double rounded(double millis) {
    return Math.rint(millis * 1000) / 1000;
  }

  private static Json summary(Map<Status, Integer> counts, String engine) {
    Json line = Json.object().put("summary", true);
    line.put("cases", counts.values().stream().mapToInt(Integer::intValue).sum());
    for (Status status : Status.values()) {
      line.put(status.toString(), counts.getOrDefault(status, 0));
    }
    return line.put("engine", engine).put("version", Help.version());
  }
}
