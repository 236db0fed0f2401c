package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user says an input is to be: a file, or a distribution. */
public sealed interface InputWord {
  /**
   * A file.
   *
   * @param option what stands behind its name and a colon: the key of an archive, or how an image
   *     is read; empty where there is none
   */
  record OfFile(Path path, String option) implements InputWord {
    /** The name as it was given. */
    public String told() {
      return path + (option.isEmpty() ? "" : ":" + option);
    }
  }

  /** A distribution; empty for what the graph's use of the input suggests. */
  record Drawn(Optional<Distribution> distribution) implements InputWord {}

  /** The endings of files that hold values. */
  List<String> EXTENSIONS =
      List.of(
          ".npy", ".npz", ".pb", ".csv", ".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".pgm",
          ".ppm");

  /** A file with an option behind it. */
  Pattern WITH_OPTION =
      Pattern.compile(
          "(.*\\.(?:npz|png|jpe?g|bmp|tiff?|pgm|ppm)):([^/\\\\]*)", Pattern.CASE_INSENSITIVE);

  /**
   * What a word means: a file where it ends in one of the extensions, contains a separator or is
   * there; a distribution where it begins with the name of one. Errors: USAGE where it is both or
   * neither.
   *
   * @param path the path of a name
   */
  static InputWord parse(String word, Function<String, Path> path) {
    Matcher optional = WITH_OPTION.matcher(word);
    if (optional.matches()) {
      return new OfFile(path.apply(optional.group(1)), optional.group(2));
    }
    boolean named = EXTENSIONS.stream().anyMatch(word.toLowerCase(Locale.ROOT)::endsWith);
    if (named || word.contains("/") || word.contains(File.separator)) {
      return new OfFile(path.apply(word), "");
    }
    boolean isFile = Files.exists(path.apply(word));
    boolean isName = DistributionWords.isName(word);
    if (isFile && isName) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "'%s' is a distribution and a file here: say ./%s for the file, or rename it"
              .formatted(word, word));
    }
    if (isFile) {
      return new OfFile(path.apply(word), "");
    }
    if (isName) {
      return new Drawn(DistributionWords.parse(word));
    }
    throw new SardonyxException(
        ErrorCode.USAGE,
        "'%s' is neither a file that is there nor a distribution%s; files end in %s; distributions are %s"
            .formatted(
                word,
                NearestNames.hint(word, DistributionWords.names()),
                String.join(" ", EXTENSIONS),
                DistributionWords.ALL));
  }
}
