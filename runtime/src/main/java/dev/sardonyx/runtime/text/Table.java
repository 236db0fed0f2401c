package dev.sardonyx.runtime.text;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: numbers to the right, words to the left. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /** An empty table. */
  public Table(String... headers) {
    columns = headers.length;
    rows.add(List.of(headers));
  }

  /** Adds a row, one cell for each header, and returns this. */
  public Table row(Object... cells) {
    rows.add(List.of(cells).stream().map(Object::toString).toList());
    return this;
  }

  /** Rows without a header. */
  public static String plain(List<List<String>> rows) {
    return render(rows, rows.stream().mapToInt(List::size).max().orElse(0), false);
  }

  @Override
  public String toString() {
    return render(rows, columns, true);
  }

  private static String render(List<List<String>> rows, int columns, boolean header) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    var text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      text.append(line(rows.get(r), widths, rows, header)).append('\n');
      if (header && r == 0) {
        int width = GAP.length() * (columns - 1);
        for (int w : widths) {
          width += w;
        }
        text.append("-".repeat(width)).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(
      List<String> row, int[] widths, List<List<String>> rows, boolean header) {
    var text = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String pad = " ".repeat(widths[c] - row.get(c).length());
      boolean right = header && isNumeric(rows, c);
      text.append(c == 0 ? "" : GAP).append(right ? pad + row.get(c) : row.get(c) + pad);
    }
    return text.toString().stripTrailing();
  }

  private static boolean isNumeric(List<List<String>> rows, int column) {
    return rows.stream()
        .skip(1)
        .filter(row -> row.size() > column)
        .map(row -> row.get(column))
        .allMatch(cell -> cell.isEmpty() || "-+0123456789".indexOf(cell.charAt(0)) >= 0);
  }
}
