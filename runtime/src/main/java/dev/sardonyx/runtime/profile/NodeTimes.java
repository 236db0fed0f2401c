package dev.sardonyx.runtime.profile;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long the nodes of a graph take on an engine. Engines compute nodes together: then one of them
 * has the time of all, and the others have none. What an engine names otherwise than the graph does
 * has the engine's name.
 *
 * @param engine its name
 * @param millisByNode milliseconds of a run by the name of a node, in the order of a run
 */
public record NodeTimes(String engine, Map<String, Double> millisByNode) {
  /** Fewer say little, where a run is long. */
  private static final int FEWEST_RUNS = 3;

  /** More say no more, and fill the engine's memory of them. */
  private static final int MOST_RUNS = 200;

  /** Nodes in all runs that an engine is to remember. */
  private static final int MOST_NODES = 200_000;

  /** Keeps the order. */
  public NodeTimes {
    millisByNode = Collections.unmodifiableMap(new LinkedHashMap<>(millisByNode));
  }

  /** The times as an engine tells them; those of the same node are added. */
  public static NodeTimes of(String engine, Graph graph, Iterable<NodeTime> times) {
    var names = new NodeNames(graph);
    Map<String, Double> millis = new LinkedHashMap<>();
    for (NodeTime time : times) {
      millis.merge(names.of(time), time.millis(), Double::sum);
    }
    return new NodeTimes(engine, millis);
  }

  /**
   * Opens a session, runs it for about as long as is said, at least three times, and asks for its
   * times; empty where the engine does not tell them. Code that is compiled meanwhile counts too,
   * but middling times are taken. Errors: those of opening and running.
   */
  public static Optional<NodeTimes> measure(
      Engine engine,
      Graph graph,
      SessionOptions options,
      Map<String, ? extends Data> inputs,
      Duration time) {
    Optional<ProfiledSession> opened = engine.openProfiled(graph, options);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    int most = Math.clamp(MOST_NODES / (1 + graph.nodes().size()), FEWEST_RUNS, MOST_RUNS);
    try (ProfiledSession session = opened.get()) {
      long start = System.nanoTime();
      for (int run = 0; run < most; run++) {
        if (run >= FEWEST_RUNS && System.nanoTime() - start > time.toNanos()) {
          break;
        }
        session.runData(inputs);
      }
      return Optional.of(of(engine.name(), graph, session.nodeTimes()));
    }
  }

  /** The time of all nodes together, in milliseconds. */
  public double totalMillis() {
    return millisByNode.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
