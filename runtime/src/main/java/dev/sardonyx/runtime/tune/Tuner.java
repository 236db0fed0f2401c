package dev.sardonyx.runtime.tune;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures ways to compute nodes for a session, or finds in a file what another one has measured.
 * Thread-safe: one measures at a time.
 */
public final class Tuner implements Costs {
  private static final System.Logger LOG = System.getLogger("dev.sardonyx");

  /** For all nodes of a session together. */
  private static final long MOST_NANOS = Duration.ofSeconds(5).toNanos();

  /** For a way in which runs do not get shorter, of code that is as fast at once as ever. */
  private static final long SETTLING = Duration.ofMillis(2).toNanos();

  private static final long MOST_EACH = Duration.ofMillis(30).toNanos();

  /** The same of code that the JVM has to compile first. */
  private static final long COMPILING = Duration.ofMillis(60).toNanos();

  private static final long MOST_COMPILING = Duration.ofMillis(250).toNanos();

  private final TuningFile file;
  private final Stopwatch watch;
  private final Map<String, Map<Way, Double>> found = new HashMap<>();
  private Optional<Map<String, Map<Way, Double>>> kept = Optional.empty();
  private long left = MOST_NANOS;

  /**
   * A tuner.
   *
   * @param file where it is kept
   * @param ready whether code is as fast in its first run as in later ones
   */
  public Tuner(TuningFile file, boolean ready) {
    this.file = file;
    watch = ready ? new Stopwatch(SETTLING, MOST_EACH) : new Stopwatch(COMPILING, MOST_COMPILING);
  }

  @Override
  public synchronized Optional<Map<Way, Double>> of(String subject, Set<Way> ways, Trial trial) {
    if (kept.isEmpty()) {
      kept = Optional.of(new HashMap<>(file.read()));
    }
    Map<Way, Double> known = kept.get().getOrDefault(subject, Map.of());
    if (!known.keySet().containsAll(ways)) {
      if (left <= 0) {
        return Optional.empty();
      }
      Map<Way, Double> measured = measured(subject, ways, trial);
      if (measured.isEmpty()) {
        return Optional.empty();
      }
      found.put(subject, measured);
      kept.get().put(subject, measured);
      known = measured;
    }
    var wanted = new EnumMap<Way, Double>(known);
    wanted.keySet().retainAll(ways);
    return Optional.of(wanted);
  }

  /** The cost of each way; nothing where there is no memory to find out. */
  private Map<Way, Double> measured(String subject, Set<Way> ways, Trial trial) {
    long start = System.nanoTime();
    var runs = new EnumMap<Way, Trial.Run>(Way.class);
    try {
      ways.forEach(way -> runs.put(way, trial.open(way)));
      return watch.shortest(runs);
    } catch (SardonyxException error) {
      if (error.code() != ErrorCode.LIMIT || runs.size() == ways.size()) { // a deadline's
        throw error;
      }
      LOG.log(System.Logger.Level.WARNING, "not measured: {0}: {1}", subject, error.reason());
      return Map.of();
    } finally {
      runs.values().forEach(Trial.Run::close);
      left -= System.nanoTime() - start;
    }
  }

  /** Writes what was measured since the last time. */
  public synchronized void keep() {
    if (!found.isEmpty()) {
      file.add(found);
      found.clear();
    }
  }
}
