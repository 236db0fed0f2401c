package dev.sardonyx.processor.follow;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.SourcePositions;
import dev.sardonyx.api.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The type of every expression that is a tensor, in the order of their evaluation. */
final class Rows {
  private static final int MOST = 20_000;

  private final boolean wanted;
  private final Sources sources;
  private final SourcePositions positions;
  private final Set<Row> rows = new LinkedHashSet<>();

  private record Row(String place, String expression, String type) {}

  Rows(boolean wanted, Sources sources, SourcePositions positions) {
    this.wanted = wanted;
    this.sources = sources;
    this.positions = positions;
  }

  void add(Frame frame, ExpressionTree tree, Tensor tensor) {
    if (wanted && rows.size() < MOST && !(tree instanceof ParenthesizedTree)) {
      rows.add(
          new Row(
              place(frame.unit(), tree),
              sources.text(frame.unit(), tree),
              tensor.type().toString()));
    }
  }

  private String place(CompilationUnitTree unit, ExpressionTree tree) {
    long start = positions.getStartPosition(unit, tree);
    String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
    return start < 0
        ? file
        : file
            + ":"
            + unit.getLineMap().getLineNumber(start)
            + ":"
            + unit.getLineMap().getColumnNumber(start);
  }

  /** The table: place, expression, type. */
  String text() {
    int place = width(rows.stream().map(Row::place).toList());
    int expression = width(rows.stream().map(Row::expression).toList());
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add(
          padded(row.place(), place)
              + "  "
              + padded(row.expression(), expression)
              + "  "
              + row.type());
    }
    return String.join("\n", lines) + "\n";
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
