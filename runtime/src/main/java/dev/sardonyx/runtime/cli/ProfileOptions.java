package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/**
 * What a profile is to show.
 *
 * @param by what times are summed over
 * @param plot where the picture goes
 * @param page where the page goes
 */
record ProfileOptions(By by, Optional<Path> plot, Optional<Path> page) {
  private static final String BY = "by";
  private static final String PLOT = "plot";
  private static final String HTML = "html";

  /** What times are summed over. */
  enum By {
    NODE,
    OPERATOR,
    MODULE;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Options addTo(Options options) {
    return options
        .addOption(
            CommonOptions.value(
                BY, "WHAT", "sum a profile's times by operator or module; default node: do not"))
        .addOption(CommonOptions.value(PLOT, "FILE.svg", "write a profile as a picture, too"))
        .addOption(CommonOptions.value(HTML, "FILE.html", "write a profile as a page, too"));
  }

  /** Errors: USAGE, also for a picture without a profile. */
  static ProfileOptions of(Invocation invocation) {
    if (!invocation.has("profile")) {
      for (String option : new String[] {BY, PLOT, HTML}) {
        if (invocation.has(option)) {
          throw new SardonyxException(ErrorCode.USAGE, "--" + option + " is for --profile");
        }
      }
    }
    return new ProfileOptions(
        invocation.value(BY).map(ProfileOptions::by).orElse(By.NODE),
        invocation.value(PLOT).map(Path::of),
        invocation.value(HTML).map(Path::of));
  }

  private static By by(String word) {
    return Arrays.stream(By.values())
        .filter(by -> by.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.USAGE,
                    "--by wants "
                        + Arrays.stream(By.values()).map(By::word).toList()
                        + ", found '"
                        + word
                        + "'"));
  }
}
