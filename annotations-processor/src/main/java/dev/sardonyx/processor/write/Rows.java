package dev.sardonyx.processor.write;

import java.util.ArrayList;
import java.util.List;

/** Keeps a descriptor short: few calls stand one in a row, many share rows. */
final class Rows {
  private static final int ALONE = 12;
  private static final int WIDTH = 92;

  private Rows() {}

  static String of(List<String> calls, String separator) {
    if (calls.size() <= ALONE) {
      return String.join(separator, calls);
    }
    List<String> rows = new ArrayList<>();
    var row = new StringBuilder();
    for (String call : calls) {
      if (!row.isEmpty() && row.length() + call.length() > WIDTH) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(call);
    }
    rows.add(row.toString());
    return String.join(separator, rows);
  }
}
