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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list of the cases that do not pass, each with its verdict and the reason, which is for people.
 * Lines are {@code case <tab> verdict <tab> reason}, the verdict {@code any} where chance or the
 * machine decides; those that begin with # are comments.
 */
public record Expectations(Map<String, Line> lines) {

  private static final String ANY = "any";
  private static final Line PASSING = new Line(Set.of(Verdict.PASSED), "it passes");

  /** What is expected of a case that does not pass: one of these verdicts. */
  public record Line(Set<Verdict> verdicts, String reason) {
    @Override
    public String toString() {
      return verdicts.size() == 1 ? verdicts.iterator().next().toString() : ANY;
    }
  }

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
    boolean right = columns.length == 3 && !columns[2].isBlank();
    Set<Verdict> verdicts = right ? verdicts(columns[1]) : Set.of();
    if (verdicts.isEmpty() || lines.put(columns[0], new Line(verdicts, columns[2])) != null) {
      throw new SardonyxException(
              ErrorCode.FORMAT,
              "expected a case, once, its verdict ("
                  + Arrays.toString(Verdict.values())
                  + " or any) and the reason, with tabs between; found '"
                  + text
                  + "'")
          .in(file.toString());
    }
  }

  private static Set<Verdict> verdicts(String word) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> word.equals(ANY) || verdict.toString().equals(word))
        .collect(Collectors.toSet());
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
              Line expected = line == null ? PASSING : line;
              if (!expected.verdicts().contains(judgement.verdict())) {
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

  private static String difference(String name, Line expected, Judgement found) {
    return switch (found.verdict()) {
      case PASSED -> name + ": passes, the list says " + expected + "; take it off";
      case WRONG, UNSUPPORTED, ERROR, TIMEOUT, UNJUDGED ->
          name
              + (expected.equals(PASSING) ? ": must pass, is " : ": was " + expected + ", is ")
              + found.verdict()
              + ": "
              + found.reason();
    };
  }
}
