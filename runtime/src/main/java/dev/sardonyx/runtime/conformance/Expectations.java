package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of the cases that do not pass, each with its verdict and the reason, which is for people.
 * Lines are {@code case <tab> verdict <tab> reason}; those that begin with # are comments.
 */
public record Expectations(Map<String, Line> lines) {

  /** What is expected of a case that does not pass. */
  public record Line(Verdict verdict, String reason) {}

  /** Reads a list. Errors: FILE, FORMAT naming the line. */
  public static Expectations read(Path file) {
    Map<String, Line> lines = new LinkedHashMap<>();
    try {
      for (String text : Files.readAllLines(file)) {
        if (!text.isBlank() && !text.startsWith("#")) {
          add(lines, text, file);
        }
      }
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
    return new Expectations(lines);
  }

  private static void add(Map<String, Line> lines, String text, Path file) {
    String[] columns = text.split("\t", -1);
    var verdict =
        Arrays.stream(Verdict.values())
            .filter(value -> columns.length == 3 && value.toString().equals(columns[1]))
            .findFirst();
    boolean right = verdict.isPresent() && !columns[2].isBlank();
    if (!right || lines.put(columns[0], new Line(verdict.get(), columns[2])) != null) {
      throw new SardonyxException(
              ErrorCode.FORMAT,
              "expected a case, once, its verdict ("
                  + Arrays.toString(Verdict.values())
                  + ") and the reason, with tabs between; found '"
                  + text
                  + "'")
          .in(file.toString());
    }
  }

  /**
   * What differs from the list, a line for each case; empty where nothing does.
   *
   * @param all whether the whole suite ran, so that a case that did not run is gone
   */
  public List<String> differences(Verdicts verdicts, boolean all) {
    List<String> result = new ArrayList<>();
    verdicts
        .byCase()
        .forEach(
            (name, judgement) -> {
              Line line = lines.get(name);
              Verdict expected = line == null ? Verdict.PASSED : line.verdict();
              if (judgement.verdict() != expected) {
                result.add(difference(name, expected, judgement));
              }
            });
    for (String name : lines.keySet()) {
      if (all && !verdicts.byCase().containsKey(name)) {
        result.add(name + ": is on the list but there is no such case; take it off");
      }
    }
    return result;
  }

  private static String difference(String name, Verdict expected, Judgement found) {
    return switch (found.verdict()) {
      case PASSED -> name + ": passes, the list says " + expected + "; take it off";
      case WRONG, UNSUPPORTED, ERROR, TIMEOUT, UNJUDGED ->
          name
              + (expected == Verdict.PASSED ? ": must pass, is " : ": was " + expected + ", is ")
              + found.verdict()
              + ": "
              + found.reason();
    };
  }
}
