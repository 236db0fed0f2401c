package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.kernel.machine.SelfTest;
import dev.sardonyx.runtime.kernel.machine.SelfTest.Verdict;
import dev.sardonyx.runtime.machine.Processor;
import java.util.List;
import java.util.Optional;

/** The doctor's test of machine code: a line for each family of kernels, then one for all. */
final class SelfTestRows {
  /** Names of kernels in a line, beyond which they are counted. */
  private static final int MOST_NAMES = 3;

  private final Console console;
  private final boolean json;

  private SelfTestRows(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Runs it and prints what came of it, as it comes; the exit code. */
  static int run(Console console, boolean json) {
    var rows = new SelfTestRows(console, json);
    Processor processor = KernelSelection.processor();
    Optional<String> lack = processor.unavailable();
    if (lack.isPresent()) {
      rows.print(
          Json.object().put("verdict", "NOTHING TO TEST").put("why", lack.get()),
          "nothing to test: no machine code: " + lack.get());
      return CommandLineTool.SUCCESS;
    }
    return rows.test(processor) ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }

  private boolean test(Processor processor) {
    long start = System.nanoTime();
    List<Verdict> verdicts =
        SelfTest.run(processor, family -> console.progress("testing " + family), this::print);
    double seconds = (System.nanoTime() - start) / 100_000_000 / 10.0;
    boolean passed = verdicts.stream().allMatch(Verdict::passed);
    int kernels = verdicts.stream().mapToInt(Verdict::kernels).sum();
    String verdict = passed ? "PASS" : "FAIL";
    print(
        Json.object().put("verdict", verdict).put("kernels", kernels).put("seconds", seconds),
        "%s: %,d kernels in machine code, %.1f s".formatted(verdict, kernels, seconds));
    return passed;
  }

  private void print(Verdict verdict) {
    console.progressDone();
    String word = verdict.passed() ? "PASS" : "FAIL";
    print(
        Json.object()
            .put("family", verdict.family())
            .put("kernels", verdict.kernels())
            .put("problems", verdict.problems())
            .put("verdict", word)
            .put("wrong", verdict.wrong()),
        "%s  %s: %,d kernels, %,d problems between guard pages%s"
            .formatted(
                word, verdict.family(), verdict.kernels(), verdict.problems(), wrong(verdict)));
  }

  private static String wrong(Verdict verdict) {
    List<String> names = verdict.wrong();
    if (names.isEmpty()) {
      return "";
    }
    int more = names.size() - MOST_NAMES;
    return "; wrong: "
        + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private void print(Json object, String line) {
    console.out().println(json ? object : line);
  }
}
