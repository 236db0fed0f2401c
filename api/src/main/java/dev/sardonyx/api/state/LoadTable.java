package dev.sardonyx.api.state;

import dev.sardonyx.api.error.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A load report as people read it. */
final class LoadTable {
  /** What a file calls things may have millions of characters. */
  private static final int LONGEST_CELL = 160;

  private LoadTable() {}

  static String text(LoadReport report, List<LoadReport.Row> rows) {
    var text = new StringBuilder(counts(report));
    text.append(rows(rows, rows.size()));
    report.hints().forEach(hint -> text.append("\nhint: ").append(hint));
    return text.toString();
  }

  /** Lines that each begin with a line break; none where there are no rows. */
  static String rows(List<LoadReport.Row> rows, int most) {
    if (rows.isEmpty()) {
      return "";
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("name", "ours", "theirs", "result"));
    rows.stream().limit(most).forEach(row -> cells.add(cells(row)));
    int[] widths = new int[cells.getFirst().size()];
    for (List<String> line : cells) {
      Arrays.setAll(widths, c -> Math.max(widths[c], line.get(c).length()));
    }
    var text = new StringBuilder();
    cells.forEach(line -> text.append("\n  ").append(line(line, widths)));
    if (rows.size() > most) {
      text.append("\n  and ").append(rows.size() - most).append(" more");
    }
    return text.toString();
  }

  private static String counts(LoadReport report) {
    return Arrays.stream(LoadReport.Result.values())
        .map(
            result ->
                report.rows().stream().filter(row -> row.result() == result).count()
                    + " "
                    + word(result))
        .filter(count -> !count.startsWith("0 ") || count.equals("0 loaded"))
        .collect(Collectors.joining(", "));
  }

  private static List<String> cells(LoadReport.Row row) {
    String type = row.theirs().map(Object::toString).orElse("-");
    String theirs =
        row.source().filter(source -> !source.equals(row.name())).map(s -> s + ": ").orElse("")
            + type;
    String ours = row.ours().map(Object::toString).orElse("-");
    return Stream.of(row.name(), ours, theirs, word(row.result()))
        .map(cell -> Excerpt.of(cell, LONGEST_CELL))
        .toList();
  }

  private static String word(LoadReport.Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  private static String line(List<String> cells, int[] widths) {
    var text = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      text.append(cells.get(c)).append(" ".repeat(widths[c] - cells.get(c).length() + 2));
    }
    return text.toString().stripTrailing();
  }
}
