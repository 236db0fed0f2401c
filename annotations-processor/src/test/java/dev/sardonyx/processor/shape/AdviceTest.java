package dev.sardonyx.processor.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a message tells to write, written. */
class AdviceTest {
  private static final Pattern ADVICE =
      Pattern.compile(
          "error: \\[\\w+] (\\w+) = (\\w+)\\(.*(?:\\n    .*)*?\\n    use (new \\2\\(.*)");

  /** Wrong in two numbers, or used in two ways: no one number makes them right. */
  private static final Set<String> BEYOND_A_NUMBER =
      Set.of("BilinearFeatures", "GruCellLoop", "SharedLayer");

  @Test
  void makesModelsCompile(@TempDir Path sources, @TempDir Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : Build.names("bad")) {
      String wrong = Build.source("bad", name);
      String right = advised(wrong, Build.expected(name));
      if (!right.equals(wrong) && !BEYOND_A_NUMBER.contains(name)) {
        files.add(Files.writeString(sources.resolve(name + ".java"), right));
      }
    }
    assertThat(files).hasSizeGreaterThan(30);
    assertThat(Build.of(files, classes, "-Xlint:all").messages()).isEmpty();
  }

  /** A source with each layer that is a field made as the messages say. */
  private static String advised(String source, String messages) {
    String result = source;
    Matcher advice = ADVICE.matcher(messages);
    while (advice.find()) {
      Pattern made =
          Pattern.compile("\\b" + advice.group(1) + " =\\s+(?=new " + advice.group(2) + "\\()");
      Matcher creation = made.matcher(result);
      if (creation.find()) {
        int end = end(result, result.indexOf('(', creation.end()));
        result = result.substring(0, creation.end()) + advice.group(3) + result.substring(end);
      }
    }
    return result;
  }

  /** Behind the bracket that closes one. */
  private static int end(String source, int open) {
    int depth = 0;
    for (int at = open; at < source.length(); at++) {
      depth += source.charAt(at) == '(' ? 1 : source.charAt(at) == ')' ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    throw new AssertionError(source);
  }
}
