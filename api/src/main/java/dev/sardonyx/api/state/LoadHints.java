package dev.sardonyx.api.state;

import dev.sardonyx.api.error.NearestNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What to try when a state dict does not fit. */
final class LoadHints {
  private static final int MOST_NAMES = 5;

  /** Whoever wrote the file chose its names: what is compared with what must stay countable. */
  private static final int LONGEST_NAME = 100;

  private static final int MOST_ROWS = 200;

  private LoadHints() {}

  static List<String> of(LoadReport report) {
    List<String> hints = new ArrayList<>();
    Optional<String> theirs = prefix(report.unexpected(), report.missing());
    Optional<String> ours = prefix(report.missing(), report.unexpected());
    theirs.ifPresent(
        prefix ->
            hints.add(
                "their names begin with '%s': stripPrefix(\"%s\"), --strip-prefix %s"
                    .formatted(prefix, prefix, prefix)));
    ours.ifPresent(
        prefix ->
            hints.add(
                "our names begin with '%s': rename(\"^\", \"%s\"), --rename ^=%s"
                    .formatted(prefix, prefix, prefix)));
    if (theirs.isEmpty() && ours.isEmpty()) {
      hints.addAll(nearNames(report));
    }
    if (report.clashes().stream().anyMatch(LoadHints::differsInDtypeAlone)) {
      hints.add("same shape, other element type: cast(), --cast");
    }
    return hints;
  }

  private static List<String> readable(List<String> names) {
    return names.stream().filter(name -> name.length() <= LONGEST_NAME).toList();
  }

  /** What most of the long names have before the short ones, up to a dot. */
  private static Optional<String> prefix(List<String> longer, List<String> shorter) {
    Set<String> known = new HashSet<>(shorter);
    Map<String, Integer> counts = new HashMap<>();
    for (String name : readable(longer)) {
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        if (known.contains(name.substring(dot + 1))) {
          counts.merge(name.substring(0, dot + 1), 1, Integer::sum);
          break;
        }
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> 2 * most.getValue() > longer.size())
        .map(Map.Entry::getKey);
  }

  /** Pairs of a missing and an unexpected name that are alike and have the same type. */
  private static List<String> nearNames(LoadReport report) {
    List<String> hints = new ArrayList<>();
    List<LoadReport.Row> missing =
        report.rows().stream()
            .filter(row -> row.result() == LoadReport.Result.MISSING)
            .limit(MOST_ROWS)
            .toList();
    for (LoadReport.Row row : missing) {
      if (hints.size() < MOST_NAMES) {
        List<String> alike =
            report.rows().stream()
                .filter(other -> other.result() == LoadReport.Result.UNEXPECTED)
                .filter(other -> other.theirs().equals(row.ours()))
                .map(LoadReport.Row::name)
                .filter(name -> name.length() <= LONGEST_NAME)
                .limit(MOST_ROWS)
                .toList();
        NearestNames.of(row.name(), alike).stream()
            .findFirst()
            .ifPresent(name -> hints.add("our '" + row.name() + "' may be their '" + name + "'"));
      }
    }
    return hints;
  }

  private static boolean differsInDtypeAlone(LoadReport.Row clash) {
    return clash.ours().orElseThrow().shape().equals(clash.theirs().orElseThrow().shape());
  }
}
