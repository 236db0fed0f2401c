package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.compare.ToleranceFile;
import dev.sardonyx.runtime.compare.Tolerances;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.apache.commons.cli.Options;

/** How far results may lie from the reference, as options of commands. */
final class ToleranceOptions {
  private static final String NUMBER = "[0-9]{1,18}(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?";

  private ToleranceOptions() {}

  /** The options of a command that judges results. */
  static Options addTo(Options options) {
    return options
        .addOption(
            CommonOptions.value(
                "rtol", "X", "part of each element that it may be off by, for all that rounds"))
        .addOption(
            CommonOptions.value(
                "atol",
                "X",
                "part of the root mean square, or of 1 where that is less, that it may be off by"
                    + " besides"))
        .addOption(
            CommonOptions.value(
                "l2",
                "X",
                "part of the whole's Euclidean norm that it may be off by; default by the depth,"
                    + " or rtol + atol where that is more"))
        .addOption(
            CommonOptions.value(
                "tolerance-file",
                "FILE.json",
                "the same for single names: {\"default\": {\"rtol\": X, \"atol\": X, \"l2\": X},"
                    + " \"outputs\": {NAME: {...}}, \"nodes\": {...}, \"operators\": {...}}"));
  }

  /** What is asked; the options go before the file's default. Errors: USAGE, and the file's. */
  static Tolerances of(Invocation invocation) {
    Tolerances tolerances =
        invocation
            .value("tolerance-file")
            .map(Path::of)
            .map(ToleranceFile::read)
            .orElseGet(Tolerances::defaults);
    return tolerances.forEverything(
        new Tolerances.Other(
            number(invocation, "rtol"), number(invocation, "atol"), number(invocation, "l2")));
  }

  private static OptionalDouble number(Invocation invocation, String option) {
    return invocation.value(option).stream().mapToDouble(text -> parse(option, text)).findFirst();
  }

  private static double parse(String option, String text) {
    if (!text.matches(NUMBER) || Double.isInfinite(Double.parseDouble(text))) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--%s wants a number of 0 or more, such as 1e-3, found '%s'".formatted(option, text));
    }
    return Double.parseDouble(text);
  }
}
