package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.bench.Measurement;
import dev.sardonyx.runtime.bench.SuiteChart;
import dev.sardonyx.runtime.bench.SuiteReport;
import dev.sardonyx.runtime.engine.KernelSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All subjects, each setup by a bench of its own in a process of its own, and the page of them. */
final class BenchSuite {
  private static final List<String> SUBJECTS =
      List.of(
          "simple-ffn",
          "simple-cnn",
          "resnet18",
          "resnet18-int8",
          "resnet50",
          "mobilenet-v2",
          "bert-encoder",
          "bert-base-layer",
          "gpt-step",
          "bilstm",
          "unet");

  /** What is bound by reading its weights is also run with fewer bits of them. */
  private static final String WEIGHTY = "gpt-step";

  private static final String FEWER_BITS = "int8";

  /** Those that are also run in batches and started cold. */
  private static final List<String> MORE = List.of("simple-cnn", "resnet18", "bert-encoder");

  /** Models whose first result is waited for. */
  private static final List<String> COLD =
      List.of("simple-ffn", "simple-cnn", "resnet18", "bert-encoder");

  /** The fastest sets of kernels that are timed at several threads. */
  private static final int MOST_SETS = 2;

  private final Invocation invocation;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private boolean failed;

  BenchSuite(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Runs it for some minutes at most and writes the page. Errors: FILE, NOT_FOUND. */
  int run() {
    Path page = FileNames.path(invocation.value("out").orElse("docs/BENCHMARKS.md"));
    Path chart = Path.of(page.toString().replaceAll("\\.md$", "") + ".svg");
    long end =
        System.nanoTime() + TimeUnit.MINUTES.toNanos(invocation.number("minutes", 20, 1, 600));
    List<String> subjects = subjects();
    for (List<String> words : setups(subjects)) {
      if (System.nanoTime() > end) {
        missing.add("`bench " + String.join(" ", words) + "`: the time was over");
      } else {
        measure(words);
      }
    }
    var report = new SuiteReport(facts(), rows(subjects), measurements, missing);
    write(page, report.markdown(String.valueOf(chart.getFileName())));
    write(chart, SuiteChart.of(report));
    return failed ? CommandLineTool.CHECK_FAILED : CommandLineTool.SUCCESS;
  }

  private List<String> subjects() {
    List<String> only = invocation.list("only");
    Targets targets = invocation.targets();
    for (String name : only.isEmpty() ? SUBJECTS : only) {
      if (!targets.isRegistered(name)) {
        throw new SardonyxException(
            ErrorCode.NOT_FOUND,
            "the suite has no model '"
                + name
                + "'"
                + NearestNames.hint(name, targets.registry().keySet()));
      }
    }
    return only.isEmpty() ? SUBJECTS : only;
  }

  /** What has a row of its own on the page. */
  private static List<String> rows(List<String> subjects) {
    return subjects.stream()
        .flatMap(
            model ->
                model.equals(WEIGHTY)
                    ? Stream.of(model, model + " " + FEWER_BITS)
                    : Stream.of(model))
        .toList();
  }

  /** What each bench is told, the most wanted first. */
  private static List<List<String>> setups(List<String> subjects) {
    List<String> words = KernelSelection.words();
    List<String> sets =
        words.subList(words.indexOf(KernelSelection.fastest().word()), words.size());
    List<List<String>> setups = new ArrayList<>();
    for (String threads : List.of("1", "2")) {
      // Plain loops take most of the time, and scale like the others.
      int count = threads.equals("1") ? sets.size() : Math.min(MOST_SETS, sets.size());
      String kernels = String.join(",", sets.subList(0, count));
      subjects.forEach(
          model -> setups.add(List.of(model, "--threads", threads, "--kernels", kernels)));
      if (subjects.contains(WEIGHTY)) {
        setups.add(List.of(WEIGHTY, "--threads", threads, "--weights-as", FEWER_BITS));
      }
    }
    subjects.stream().filter(COLD::contains).forEach(model -> setups.add(List.of(model, "--cold")));
    subjects.stream()
        .filter(MORE::contains)
        .forEach(model -> setups.add(List.of(model, "--batch", "8,32")));
    return setups;
  }

  private void measure(List<String> words) {
    List<String> command = new ArrayList<>(List.of("bench"));
    command.addAll(words);
    if (!words.contains("--cold")) {
      command.addAll(List.of("--warmup", "" + invocation.number("warmup", 6)));
      command.addAll(List.of("--seconds", "" + invocation.number("seconds", 2)));
    }
    command.add("--json");
    invocation.values("models").forEach(path -> command.addAll(List.of("--models", path)));
    invocation.console().progress(String.join(" ", command) + " ...");
    List<String> lines = new ArrayList<>();
    int status = run(command, lines);
    invocation.console().progressDone();
    for (String line : lines) {
      Measurement found = Measurement.parse(line);
      if (found.has("error")) {
        failed = true;
        missing.add("`bench %s`: %s".formatted(String.join(" ", words), found.text("reason")));
      } else {
        measurements.add(found);
      }
      tell(line, found);
    }
    if (status != CommandLineTool.SUCCESS && lines.isEmpty()) {
      failed = true;
      missing.add("`bench %s`: ended with %d".formatted(String.join(" ", words), status));
    }
  }

  private static int run(List<String> command, List<String> lines) {
    Process process = null;
    try {
      process = Jvm.command(command).start();
      process.inputReader(StandardCharsets.UTF_8).lines().forEach(lines::add);
      return process.waitFor();
    } catch (IOException cannot) {
      throw new SardonyxException(ErrorCode.ENGINE, "no process: " + cannot.getMessage(), cannot);
    } catch (InterruptedException stop) {
      throw new SardonyxException(ErrorCode.INTERRUPTED, "the suite was interrupted", stop);
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private void tell(String line, Measurement found) {
    if (invocation.json()) {
      invocation.console().out().println(line);
    } else if (found.isRatio() || found.has("error")) {
      invocation
          .console()
          .out()
          .println(
              found.has("error")
                  ? found.text("reason")
                  : String.format(
                      Locale.ROOT,
                      "%s, batch %.0f, %.0f threads, %s: ort / native %.2f",
                      found.text("model"),
                      found.number("batch"),
                      found.number("threads"),
                      found.text("kernels"),
                      found.number("ratio_ort_over_native")));
    }
  }

  private static List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add("%s (UTC)".formatted(LocalDate.now(ZoneOffset.UTC)));
    facts.add(
        "%s, %d cores, %s %s"
            .formatted(
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch")));
    facts.add("%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()));
    for (Engine engine : Sardonyx.engines()) {
      facts.add("%s: %s".formatted(engine.name(), engine.description()));
    }
    return facts;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException elsewhere) {
      return "unknown processor";
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException cannot) {
      throw new SardonyxException(
              ErrorCode.FILE, "cannot write the page: " + cannot.getMessage(), cannot)
          .in(file.toString());
    }
  }
}
