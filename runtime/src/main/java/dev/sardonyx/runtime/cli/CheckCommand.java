package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.inputs.InputSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Runs a model on both engines and compares. */
final class CheckCommand implements Command {
  private static final List<String> BANDS = List.of("native", "ort");

  /** Values at random may be none that a model takes, and on such engines may differ. */
  private static final String RANDOM =
      "the inputs were random; where the model wants others, such as indices, shapes or ratios,"
          + " give all with -i NAME=FILE.npy or FILE.pb";

  private static final Duration TIMING_OF_ONE = Duration.ofSeconds(1);
  private static final Duration TIMING_OF_MANY = Duration.ofMillis(100);

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String arguments() {
    return "MODEL | --all";
  }

  @Override
  public String summary() {
    return "run a model eagerly, natively and on ONNX Runtime, and compare node by node";
  }

  @Override
  public Options options() {
    Options options =
        ToleranceOptions.addTo(new Options())
            .addOption(CommonOptions.all("check"))
            .addOption(CommonOptions.engine())
            .addOption(KernelDump.option())
            .addOption(CommonOptions.weightsAs())
            .addOption(CommonOptions.precision())
            .addOption(CommonOptions.noWinograd())
            .addOption(CommonOptions.tune())
            .addOption(BisectOptions.flag())
            .addOption(PairOptions.passes())
            .addOption(PairOptions.against())
            .addOption(ReproduceOptions.option())
            .addOption(LimitOptions.memory())
            .addOption(InputOptions.runs());
    return CheckProducts.addTo(
        ReportOptions.addTo(WeightOptions.addTo(InputOptions.addTo(options))));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, 1);
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    boolean all = invocation.has("all");
    List<String> names = invocation.models(name());
    if (PairOptions.isAsked(invocation)) {
      return PairOptions.run(invocation, names);
    }
    var results = new CheckPrinter(invocation, all);
    var products = new CheckProducts(invocation);
    boolean passed = true;
    for (String name : names) {
      invocation.console().progress("checking " + name + " ...");
      CheckReport report = products.of(name, () -> check(invocation, name, products));
      invocation.console().progressDone();
      results.print(name, report);
      ReproduceOptions.write(invocation, report.diagnosis()).forEach(results::say);
      passed &= report.passed();
    }
    products.finish();
    results.finish(passed);
    return passed ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }

  private static CheckReport check(Invocation invocation, String name, CheckProducts products) {
    Target target = invocation.targets().find(name, invocation.seed());
    WeightOptions.load(invocation, target);
    CrossCheck check =
        target.module().map(CrossCheck::of).orElseGet(() -> CrossCheck.of(target.graph()));
    List<String> asked = invocation.values("engine");
    if (asked.isEmpty()) {
      check.engines(usable(check));
    } else {
      check.engines(asked.toArray(String[]::new));
    }
    if (!CommonOptions.winograd(invocation)) {
      check.withoutWinograd();
    }
    if (CommonOptions.tuned(invocation)) {
      check.tuned();
    }
    RunInputs.into(check, invocation, RANDOM);
    BisectOptions.apply(invocation, check);
    check.tolerances(ToleranceOptions.of(invocation));
    ReportOptions.prepare(invocation, check);
    boolean all = invocation.has("all");
    CheckReport report =
        check
            .weightsAs(CommonOptions.storage(invocation))
            .precision(CommonOptions.precision(invocation))
            .timing(all ? TIMING_OF_MANY : TIMING_OF_ONE)
            .run();
    InputSet inputs = check.checked();
    ReportOptions.write(invocation, name, check.graph(), inputs.values(), report);
    products.tested(name, check.graph(), inputs, report);
    return report;
  }

  /** Both bands, or the native one alone with a note that says what the other lacks. */
  private static List<Engine> usable(CrossCheck check) {
    List<Engine> usable = new ArrayList<>();
    for (String band : BANDS) {
      Optional<String> lack = lack(band);
      lack.ifPresentOrElse(
          reason -> check.note("engine " + band + " is left out: " + reason),
          () -> usable.add(Sardonyx.engine(band)));
    }
    return usable;
  }

  private static Optional<String> lack(String band) {
    boolean there = Sardonyx.engines().stream().anyMatch(engine -> engine.name().equals(band));
    return there
        ? Sardonyx.engine(band).unavailable()
        : Optional.of("add dev.sardonyx:sardonyx-onnx-bridge to the class path");
  }
}
