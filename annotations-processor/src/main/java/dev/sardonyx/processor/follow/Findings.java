package dev.sardonyx.processor.follow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Mistakes that were found: certain ones, and those on paths that may not be taken. */
final class Findings {
  private final List<Finding> uncertain = new ArrayList<>();
  private final Deque<List<Finding>> levels = new ArrayDeque<>(List.of(new ArrayList<>()));

  void add(Finding finding) {
    levels.element().add(finding);
  }

  /** From here on, what is found may lie on a path that is not taken. */
  void begin() {
    levels.push(new ArrayList<>());
  }

  /** What was found since {@link #begin}. */
  List<Finding> end() {
    return levels.pop();
  }

  /** Some paths of which one is taken: where each has a mistake, all are mistakes. */
  void alternatives(List<List<Finding>> paths) {
    boolean everywhere = !paths.isEmpty() && paths.stream().noneMatch(List::isEmpty);
    paths.forEach(everywhere ? levels.element()::addAll : uncertain::addAll);
  }

  /** Mistakes on every path, in the order in which they were met, one for each expression. */
  List<Finding> certain() {
    return distinct(levels.getLast());
  }

  /** Mistakes on paths that may not be taken. */
  List<Finding> uncertain() {
    return distinct(uncertain);
  }

  private static List<Finding> distinct(List<Finding> all) {
    List<Finding> result = new ArrayList<>();
    for (Finding finding : all) {
      if (result.stream().noneMatch(other -> other.tree() == finding.tree())) {
        result.add(finding);
      }
    }
    return List.copyOf(result);
  }
}
