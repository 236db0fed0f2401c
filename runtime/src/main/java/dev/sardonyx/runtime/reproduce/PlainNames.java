package dev.sardonyx.runtime.reproduce;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names that a model gives its values, made fit for file systems and for command lines. */
final class PlainNames {
  private static final int LONGEST = 80;

  private PlainNames() {}

  /** Whether a name can stand before the {@code =} of an option, in any shell. */
  static boolean isWord(String name) {
    return name.length() <= LONGEST && name.matches("[A-Za-z0-9_/][A-Za-z0-9_./:+-]*");
  }

  /**
   * A file name for each name, none of which leads out of a folder or is another's, also where
   * capitals count for nothing.
   */
  static Map<String, String> files(Collection<String> names) {
    Map<String, String> files = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      String start = name.substring(0, Math.min(LONGEST, name.length()));
      String plain = start.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.-]|^$", "_");
      String free = plain;
      for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
        free = plain + "-" + i;
      }
      files.put(name, free);
    }
    return files;
  }

  /** A word for a shell, in quotes where it needs them. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=+@,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
