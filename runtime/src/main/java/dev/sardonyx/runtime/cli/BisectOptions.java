package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.check.CrossCheck;
import org.apache.commons.cli.Option;

/** How far a check goes into the nodes. */
final class BisectOptions {
  private BisectOptions() {}

  static Option flag() {
    return CommonOptions.flag(
        "bisect",
        "go through all nodes, each with its past and alone, and look at the worst closely");
  }

  /** Whether all nodes are looked at. */
  static boolean isAsked(Invocation invocation) {
    return invocation.has("bisect");
  }

  /** Has a check do what is asked. Errors: USAGE. */
  static void apply(Invocation invocation, CrossCheck check) {
    if (isAsked(invocation)) {
      check.bisect();
    }
    LimitOptions.memory(invocation).ifPresent(check::within);
  }
}
