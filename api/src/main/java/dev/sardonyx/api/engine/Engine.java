package dev.sardonyx.api.engine;

import dev.sardonyx.api.graph.Graph;
import java.util.Optional;

/** Something that runs graphs; found by ServiceLoader. */
public interface Engine {

  /** The name on the command line: {@code native}, {@code ort}, {@code ort@cuda}. */
  String name();

  /** One line about what would compute here: kernels or provider, and why these. */
  String description();

  /** Why this engine cannot be used here, and what to do; empty when it can. */
  Optional<String> unavailable();

  /**
   * Prepares a graph for running. Errors: UNSUPPORTED naming all nodes that the engine does not
   * have, ENGINE when the device cannot be used, LIMIT when the memory budget is too small.
   */
  Session open(Graph graph, SessionOptions options);

  /**
   * The same, of a session that times its nodes, and is slower for that; empty where this engine
   * does not tell times. Errors: as above.
   */
  default Optional<ProfiledSession> openProfiled(Graph graph, SessionOptions options) {
    return Optional.empty();
  }

  /** This engine with all of its sessions on a device, as {@code NAME@cuda} where it is a GPU. */
  default Engine on(Device device) {
    return new EngineOnDevice(this, device);
  }
}
