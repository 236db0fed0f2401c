package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.certificate.Certificate;
import dev.sardonyx.runtime.certificate.Hashes;
import dev.sardonyx.runtime.certificate.Measuring;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.inputs.DistributionWords;
import dev.sardonyx.runtime.inputs.InputPlan;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.inputs.InputWord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the command line says of a check, in a certificate and back from one. */
final class Certifying {
  private static final String EAGER = "eager";
  private static final String WEIGHTS_AS = "weights-as";
  private static final String PRECISION = "precision";
  private static final String NO_WINOGRAD = "no-winograd";
  private static final String TUNE = "tune";

  private Certifying() {}

  /** The certificate of a check. */
  static Certificate of(
      Invocation invocation,
      String model,
      Graph graph,
      List<Certificate.Run> runs,
      CheckReport report) {
    List<String> order =
        report.milliseconds().keySet().stream().filter(name -> !name.equals(EAGER)).toList();
    return new Certificate(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        model,
        Hashes.of(graph),
        engines(order),
        order,
        options(invocation),
        environment(),
        runs);
  }

  /** One run of it. */
  static Certificate.Run run(
      Invocation invocation, Graph graph, InputSet inputs, CheckReport report) {
    SortedMap<String, String> words = new TreeMap<>();
    boolean fromFiles = false;
    for (var asked : invocation.pairs("input").entrySet()) {
      if (isFile(asked.getValue())) {
        fromFiles = true;
      } else {
        words.put(asked.getKey(), asked.getValue());
      }
    }
    Optional<String> others = invocation.value("inputs");
    boolean allFromFile = others.filter(Certifying::isFile).isPresent();
    return new Certificate.Run(
        invocation.seed(),
        fromFiles || allFromFile,
        new TreeMap<>(invocation.dims()),
        words,
        allFromFile ? "" : others.orElse(""),
        Hashes.ofValues(inputs.values()),
        Measuring.outputs(graph, ToleranceOptions.of(invocation), report),
        report.passed());
  }

  private static boolean isFile(String word) {
    return InputWord.parse(word, FileNames::path) instanceof InputWord.OfFile;
  }

  private static SortedMap<String, String> options(Invocation invocation) {
    SortedMap<String, String> options = new TreeMap<>();
    options.put(WEIGHTS_AS, CommonOptions.storage(invocation).word());
    options.put(PRECISION, CommonOptions.precision(invocation).word());
    options.put(NO_WINOGRAD, "" + !CommonOptions.winograd(invocation));
    options.put(TUNE, "" + CommonOptions.tuned(invocation));
    return options;
  }

  /** Has a check open its sessions as the certificate's. Errors: FORMAT, ENGINE. */
  static void prepare(Certificate certificate, CrossCheck check) {
    SortedMap<String, String> options = certificate.options();
    check.engines(certificate.order().toArray(String[]::new));
    if (Boolean.parseBoolean(options.get(NO_WINOGRAD))) {
      check.withoutWinograd();
    }
    if (Boolean.parseBoolean(options.get(TUNE))) {
      check.tuned();
    }
    check.weightsAs(
        WeightStorage.of(options.getOrDefault(WEIGHTS_AS, ""))
            .orElseThrow(() -> unknown(WEIGHTS_AS, options)));
    check.precision(
        Precision.of(options.getOrDefault(PRECISION, ""))
            .orElseThrow(() -> unknown(PRECISION, options)));
  }

  private static SardonyxException unknown(String option, SortedMap<String, String> options) {
    return new SardonyxException(
        ErrorCode.FORMAT,
        "the certificate's option %s is '%s', which this version does not have"
            .formatted(option, options.get(option)));
  }

  /**
   * The inputs of a run again: drawn as they were, or from the files that the user names now; a
   * certificate's words are distributions and never files. Errors: FORMAT, INPUT and those of
   * drawing.
   */
  static InputSet inputs(Invocation invocation, Certificate.Run run, Graph graph) {
    if (run.fromFiles()) {
      if (invocation.pairs("input").isEmpty() && !invocation.has("inputs")) {
        throw new SardonyxException(
            ErrorCode.USAGE,
            "the inputs were files: say again which, as the check did (-i NAME=FILE for each of %s)"
                .formatted(run.inputs().keySet()));
      }
      return RunInputs.of(invocation, graph, CrossCheck.BATCH);
    }
    var plan = new InputPlan(graph).sizes(run.sizes(), CrossCheck.BATCH);
    run.words().forEach((name, word) -> plan.draw(name, DistributionWords.parse(known(word))));
    if (!run.others().isEmpty()) {
      DistributionWords.parse(known(run.others())).ifPresent(plan::drawOthers);
    }
    return plan.draw(run.seed());
  }

  private static String known(String word) {
    if (!DistributionWords.isName(word)) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "the certificate's '" + word + "' is no distribution of inputs");
    }
    return word;
  }

  /** The engines of these names with their versions. */
  static SortedMap<String, String> engines(List<String> names) {
    SortedMap<String, String> engines = new TreeMap<>();
    for (String name : names) {
      Engine engine = Sardonyx.engine(name);
      engines.put(name, engine.description());
    }
    return engines;
  }

  static SortedMap<String, String> environment() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("sardonyx", Help.version());
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put(
        "system",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    facts.put("processor", KernelSelection.processor().name());
    facts.put("kernels", KernelSelection.fastest().reason());
    return facts;
  }
}
