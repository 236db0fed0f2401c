package dev.sardonyx.onnx.internal.names;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that nothing has yet. */
public final class FreshNames {
  private final Set<String> taken;
  private final Map<String, Integer> counts = new HashMap<>();

  /** Avoids no names yet. */
  public FreshNames() {
    this(new HashSet<>());
  }

  /** Avoids names, and adds to them. */
  public FreshNames(Set<String> taken) {
    this.taken = taken;
  }

  /** The stem, or with a number where it is taken. */
  public String of(String stem) {
    String fresh = stem;
    while (!taken.add(fresh)) {
      fresh = stem + "_" + counts.merge(stem, 2, (count, _) -> count + 1);
    }
    return fresh;
  }
}
