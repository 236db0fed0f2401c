package dev.sardonyx.runtime.tune;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows what ways to compute a node cost on this machine. */
@FunctionalInterface
public interface Costs {
  /**
   * The cost of each way in nanoseconds, or nothing where they are not known and cannot be had.
   *
   * @param subject the node's shape, in one line
   * @param trial makes them ready where they have to be timed
   */
  Optional<Map<Way, Double>> of(String subject, Set<Way> ways, Trial trial);
}
