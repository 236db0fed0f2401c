package dev.sardonyx.onnx.internal.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that nothing has yet. */
final class FreshNames {
  private final Set<String> taken;
  private final Map<String, Integer> counts = new HashMap<>();

  /** Avoids no names yet. */
  FreshNames() {
    this(new HashSet<>());
  }

  /** Avoids names, and adds to them. */
  FreshNames(Set<String> taken) {
    this.taken = taken;
  }

  /** The stem, or with a number where it is taken. */
  String of(String stem) {
    String fresh = stem;
    while (!taken.add(fresh)) {
      fresh = stem + "_" + counts.merge(stem, 2, (count, _) -> count + 1);
    }
    return fresh;
  }
}
