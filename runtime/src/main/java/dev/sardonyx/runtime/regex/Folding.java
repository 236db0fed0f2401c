package dev.sardonyx.runtime.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Characters that differ in case alone. Source: Unicode, CaseFolding, simple foldings. */
final class Folding {
  private static final int CAPITAL_DOTTED_I = 0x130;
  private static final int SMALL_DOTLESS_I = 0x131;

  private static final Map<Integer, List<Integer>> ALIKE = alike();

  private Folding() {}

  private static Map<Integer, List<Integer>> alike() {
    Map<Integer, List<Integer>> alike = new HashMap<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (folded(c) != c) {
        alike.computeIfAbsent(folded(c), key -> new ArrayList<>(List.of(key))).add(c);
      }
    }
    return Map.copyOf(alike);
  }

  private static int folded(int c) {
    // Neither i of Turkish folds to another letter.
    return c == CAPITAL_DOTTED_I || c == SMALL_DOTLESS_I
        ? c
        : Character.toLowerCase(Character.toUpperCase(c));
  }

  /** The characters that differ from those of a set in case alone, or not at all. */
  static IntPredicate closure(IntPredicate set) {
    return c ->
        set.test(c) || ALIKE.getOrDefault(folded(c), List.of()).stream().anyMatch(set::test);
  }
}
