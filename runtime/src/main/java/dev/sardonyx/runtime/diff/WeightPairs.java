package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.canonical.Digests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which weight is which: of one name, else of the same contents, else where paired nodes take them.
 */
final class WeightPairs {
  private final Map<String, DenseTensor> before;
  private final Map<String, DenseTensor> after;
  private final Map<String, String> pairs = new LinkedHashMap<>();
  private final Set<String> free = new LinkedHashSet<>();

  WeightPairs(Graph before, Graph after) {
    this.before = before.initializers();
    this.after = after.initializers();
    free.addAll(this.after.keySet());
    this.before.keySet().stream().filter(free::remove).forEach(name -> pairs.put(name, name));
    Map<String, Deque<String>> contents = new HashMap<>();
    if (pairs.size() < this.before.size()) {
      free.forEach(
          name ->
              contents.computeIfAbsent(Digests.of(later(name)), _ -> new ArrayDeque<>()).add(name));
    }
    this.before.forEach(
        (name, tensor) -> {
          Deque<String> same =
              pairs.containsKey(name) || contents.isEmpty()
                  ? null
                  : contents.get(Digests.of(tensor));
          if (same != null && !same.isEmpty()) {
            pair(name, same.remove());
          }
        });
  }

  private DenseTensor later(String name) {
    return Objects.requireNonNull(after.get(name), name);
  }

  private void pair(String ours, String theirs) {
    free.remove(theirs);
    pairs.put(ours, theirs);
  }

  /** Whether two values are one weight, as they are by now where both are still alone. */
  boolean areOne(String ours, String theirs) {
    if (!before.containsKey(ours) || !after.containsKey(theirs)) {
      return false;
    }
    if (!pairs.containsKey(ours) && free.contains(theirs)) {
      pair(ours, theirs);
    }
    return theirs.equals(pairs.get(ours))
        || Objects.requireNonNull(before.get(ours), ours).isSameAs(later(theirs));
  }

  /** All that is not the same. */
  List<WeightChange> changes() {
    List<WeightChange> changes = new ArrayList<>();
    before.forEach(
        (name, tensor) -> {
          String now = pairs.get(name);
          if (now == null) {
            changes.add(WeightChange.removed(name, tensor));
          } else if (!tensor.isSameAs(later(now))) {
            Optional<String> renamed = now.equals(name) ? Optional.empty() : Optional.of(now);
            changes.add(WeightChange.changed(name, renamed, tensor, later(now)));
          }
        });
    free.forEach(name -> changes.add(WeightChange.added(name, later(name))));
    return changes;
  }

  /** How many are called otherwise. */
  int renamed() {
    return (int)
        pairs.entrySet().stream().filter(pair -> !pair.getKey().equals(pair.getValue())).count();
  }

  /** How many are in both. */
  int paired() {
    return pairs.size();
  }
}
