package dev.sardonyx.api.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What a mistyped word may have meant. */
public final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {}

  /** {@code " (did you mean a or b?)"}, or nothing when no word is near. */
  public static String hint(String word, Collection<String> known) {
    List<String> near = of(word, known);
    return near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
  }

  /** The known words that are near, nearest first, three at most. */
  public static List<String> of(String word, Collection<String> known) {
    int limit = Math.max(2, word.length() / 2);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= limit || candidate.contains(word))
        .sorted(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .limit(MOST)
        .toList();
  }

  /** The number of letters to insert, delete or replace (Levenshtein). */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
