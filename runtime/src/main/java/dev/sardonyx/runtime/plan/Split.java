package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;

/**
 * Cuts elements that do not depend on each other into ranges for the members of a team.
 *
 * @param n all elements
 * @param size elements of a range; the last one may be shorter
 */
record Split(long n, long size) {
  /** Computes the elements of a range. */
  @FunctionalInterface
  interface Range {
    void run(long from, long to, int member);
  }

  /**
   * The ranges of elements.
   *
   * @param work what all of them cost, in operations on one element
   * @param unit what a range is a multiple of
   */
  static Split of(long n, long work, long unit, int members) {
    long size = Math.ceilDiv(Math.max(n, 1), Parts.of(Parts.operations(work), members));
    return new Split(n, Math.multiplyExact(Math.ceilDiv(size, unit), unit));
  }

  /** The number of ranges. */
  int count() {
    return Math.toIntExact(Math.ceilDiv(n, size));
  }

  /** The same of nothing but what kernels are asked for: see {@link Kernels#repeated}. */
  Step step(Team team, Range range, Kernels kernels) {
    int count = count();
    Team.Task task = kernels.repeated(task(range), count, team.size());
    return () -> team.run(count, task);
  }

  private Team.Task task(Range range) {
    return (part, member) -> range.run(part * size, Math.min(n, (part + 1) * size), member);
  }

  /** All ranges, shared out. */
  Step step(Team team, Range range) {
    int count = count();
    Team.Task task = task(range);
    return () -> team.run(count, task);
  }

  /** Makes the step of a range ready. */
  @FunctionalInterface
  interface Part {
    Step of(long from, long to);
  }

  /** The same, where each range has a step of its own. */
  Step bound(Team team, Part part) {
    Step[] steps = new Step[count()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = part.of(i * size, Math.min(n, (i + 1) * size));
    }
    Team.Task task = (i, _) -> steps[i].run();
    return () -> team.run(steps.length, task);
  }
}
