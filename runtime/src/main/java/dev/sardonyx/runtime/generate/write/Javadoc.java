package dev.sardonyx.runtime.generate.write;

import java.util.ArrayList;
import java.util.List;

/** Javadoc comments: on one line where they fit, else filled to 100 columns. */
final class Javadoc {
  private Javadoc() {}

  /** The comment with its line ends, indented; words that would end it or escape are made safe. */
  static String of(String text, int indent) {
    String margin = " ".repeat(indent);
    List<String> words = List.of(safe(text).strip().split("\\s+"));
    String line = margin + "/** " + String.join(" ", words) + " */";
    if (line.length() <= Layout.WIDTH) {
      return line + "\n";
    }
    List<String> lines = new ArrayList<>();
    var current = new StringBuilder(margin + " *");
    for (String word : words) {
      if (current.length() + 1 + word.length() > Layout.WIDTH && current.length() > indent + 2) {
        lines.add(current.toString());
        current = new StringBuilder(margin + " *");
      }
      current.append(' ').append(word);
    }
    lines.add(current.toString());
    return margin + "/**\n" + String.join("\n", lines) + "\n" + margin + " */\n";
  }

  /** A name from outside, without what means something in a Javadoc. */
  static String plain(String text) {
    return text.replaceAll("[{}@<>&*\\\\\\p{Cntrl}]", "_");
  }

  private static String safe(String text) {
    return text.replace("*/", "* /").replace("\\u", "\\ u");
  }
}
