package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.List;
import org.apache.commons.cli.Option;

/** Checks of other pairs than engines: a graph before and after each pass, and two models. */
final class PairOptions {
  private static final String PASSES = "passes";
  private static final String AGAINST = "against";

  private PairOptions() {}

  static Option passes() {
    return CommonOptions.flag(
        PASSES,
        "instead of engines, compare the graph before and after each pass of the compiler, and what"
            + " sessions fuse with what is written");
  }

  static Option against() {
    return CommonOptions.value(
        AGAINST,
        "FILE",
        "instead of engines, compare the model with another, such as an export of PyTorch's: on ONNX"
            + " Runtime, or on the engine that is given; with two, each on its own");
  }

  static boolean isAsked(Invocation invocation) {
    return invocation.has(PASSES) || invocation.has(AGAINST);
  }

  /** Runs what is asked for. Errors: USAGE, and those of models and engines. */
  static int run(Invocation invocation, List<String> names) {
    if (invocation.has(PASSES) && invocation.has(AGAINST)) {
      throw new SardonyxException(
          ErrorCode.USAGE, "--passes and --against are checks of their own");
    }
    boolean passed = true;
    for (String name : names) {
      invocation.console().progress("checking " + name + " ...");
      Target target = invocation.targets().find(name, invocation.seed());
      WeightOptions.load(invocation, target);
      passed &=
          invocation.has(PASSES)
              ? PassesCheck.run(invocation, target)
              : AgainstCheck.run(invocation, target, invocation.value(AGAINST).orElseThrow());
    }
    return passed ? CommandLineTool.SUCCESS : CommandLineTool.CHECK_FAILED;
  }
}
