package dev.sardonyx.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README's samples are regions of files that the build compiles and runs. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  /** A marker {@code <!-- sample FILE#REGION -->}, or a whole file's, and the block after it. */
  private static final Pattern SAMPLE =
      Pattern.compile("<!-- sample ([^#\\s]+)(?:#(\\w+))? -->\\n```\\w+\\n([^`]*)```");

  private static final Pattern FENCE = Pattern.compile("(?m)^```(java|xml|text)$");

  @Test
  void everySampleIsARegionOfACompiledFile() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    var samples = SAMPLE.matcher(readme);
    int count = 0;
    while (samples.find()) {
      Path file = ROOT.resolve(samples.group(1));
      String name = samples.group(2);
      String expected = name == null ? Files.readString(file).strip() : region(file, name);
      assertThat(samples.group(3).strip()).as(samples.group(1)).isEqualTo(expected);
      count++;
    }
    assertThat(count).isPositive();
    assertThat(FENCE.matcher(readme).results().count()).as("unmarked samples").isEqualTo(count);
  }

  private static String region(Path file, String name) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int from = indexOf(lines, "region " + name, 0);
    int to = indexOf(lines, "endregion", from);
    return String.join("\n", lines.subList(from + 1, to)).stripTrailing().stripIndent().strip();
  }

  private static int indexOf(List<String> lines, String text, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no '" + text + "'");
  }
}
