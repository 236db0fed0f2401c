package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.conformance.CaseRunner;
import dev.sardonyx.runtime.conformance.DataSet;
import dev.sardonyx.runtime.conformance.DataSets;
import dev.sardonyx.runtime.conformance.Expectations;
import dev.sardonyx.runtime.conformance.Judge;
import dev.sardonyx.runtime.conformance.Judgement;
import dev.sardonyx.runtime.conformance.Verdicts;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Options;

/** Runs a folder of ONNX's test cases: each costs itself alone, whatever becomes of it. */
final class ConformanceCommand implements Command {
  private static final long LONGEST_MILLIS = 86_400_000;
  private static final long MOST_RUNS = 1_000;
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
    return LimitOptions.addTo(new Options())
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
        .addOption(CommonOptions.value("jobs", "N", "data sets to run at a time; default 1"))
        .addOption(
            CommonOptions.value(
                "runs", "N", "runs of each session, all but the last with other floats; default 1"))
        .addOption(
            CommonOptions.flag(
                "judge", "compare with output_i.pb beside the inputs; print tables, or --json"))
        .addOption(
            CommonOptions.value(
                "expect", "FILE", "judge, and compare with a list of the cases that do not pass"));
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
    var expected = invocation.value("expect").map(FileNames::path).map(Expectations::read);
    Duration limit = Duration.ofMillis(invocation.number("timeout-ms", 20_000, 1, LONGEST_MILLIS));
    int jobs = (int) invocation.number("jobs", 1, 1, MOST_JOBS);
    String only = invocation.value("only").orElse("*");
    List<DataSet> sets = DataSets.in(cases, only);
    Targets targets = invocation.targets();
    var runner =
        new CaseRunner(
            engine,
            targets.format(Path.of("model.onnx")),
            targets.values(),
            LimitOptions.of(invocation),
            (int) invocation.number("runs", 1, 1, MOST_RUNS));
    String shown = engine.name().equals("native") ? "java" : engine.name();
    var printer = new ConformancePrinter(invocation.console(), shown);
    if (!invocation.has("judge") && expected.isEmpty()) {
      runner.run(sets, out, limit, jobs, printer::print);
      printer.summary();
      return CommandLineTool.SUCCESS;
    }
    var judge = new Judge(runner.values(), out);
    var verdicts = new Verdicts();
    runner.run(
        sets,
        out,
        limit,
        jobs,
        outcome -> {
          Judgement judgement = judge.of(outcome);
          verdicts.add(judgement);
          if (invocation.json()) {
            printer.print(judgement);
          } else {
            invocation.console().progress(outcome.set().caseName());
          }
        });
    invocation.console().progressDone();
    if (invocation.json()) {
      printer.summary();
    } else {
      printer.tables(cases.toString(), verdicts);
    }
    return expected
        .map(list -> compared(invocation, list.differences(verdicts, only.equals("*"))))
        .orElse(CommandLineTool.SUCCESS);
  }

  private static int compared(Invocation invocation, List<String> differences) {
    PrintStream err = invocation.console().err();
    differences.forEach(err::println);
    if (differences.isEmpty()) {
      return CommandLineTool.SUCCESS;
    }
    err.println(
        differences.size() + " cases are not as " + invocation.value("expect").get() + " says");
    return CommandLineTool.CHECK_FAILED;
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
}
