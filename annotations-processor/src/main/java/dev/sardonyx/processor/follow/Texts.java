package dev.sardonyx.processor.follow;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.io.IOException;

/** Source as messages show it. */
final class Texts {
  private static final int LONGEST = 60;
  private static final int LONGEST_VALUE = 100_000;

  private Texts() {}

  /** A tree as it is written, where the source can be read, else as javac prints it. */
  static String of(CompilationUnitTree unit, Tree tree, SourcePositions positions) {
    int start = (int) positions.getStartPosition(unit, tree);
    int end = (int) positions.getEndPosition(unit, tree);
    try {
      CharSequence source = unit.getSourceFile().getCharContent(true);
      return start >= 0 && end > start && end <= source.length()
          ? source.subSequence(start, end).toString()
          : tree.toString();
    } catch (IOException unreadable) {
      return tree.toString();
    }
  }

  /** A text in one line of bearable length. */
  static String shortened(String source) {
    String text = source.replaceAll("\\s+", " ").replaceAll(" ?\\. ?", ".");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }

  /** What plus makes of a text and a value; unknown where the value prints otherwise elsewhere. */
  static Object joined(Object left, Object right) {
    boolean printable = Certainty.isPrintable(left) && Certainty.isPrintable(right);
    String text = printable ? printed(left) + printed(right) : "";
    return printable && text.length() <= LONGEST_VALUE ? text : Special.UNKNOWN;
  }

  private static String printed(Object value) {
    return value == Special.NULL ? "null" : value.toString();
  }
}
