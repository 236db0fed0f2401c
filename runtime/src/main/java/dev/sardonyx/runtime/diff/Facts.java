package dev.sardonyx.runtime.diff;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What two models tell of themselves besides what they compute. */
public final class Facts {
  private Facts() {}

  /** What differs by name, in words. */
  public static List<String> differences(
      String kind, Map<String, String> before, Map<String, String> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .map(
            name ->
                "%s %s: %s became %s"
                    .formatted(
                        kind,
                        name,
                        before.getOrDefault(name, "none"),
                        after.getOrDefault(name, "none")))
        .toList();
  }
}
