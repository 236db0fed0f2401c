package dev.sardonyx.api.engine;

import dev.sardonyx.api.graph.Graph;
import java.util.List;
import java.util.Optional;

/** Something that runs graphs; found by ServiceLoader. */
public interface Engine {

  /** The name on the command line: {@code native}, {@code ort@cuda}, {@code ort:none}. */
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

  /** The words that {@link #variant} knows, such as {@code scalar} or {@code none}. */
  default List<String> variants() {
    return List.of();
  }

  /**
   * This engine computing in another way, as {@code NAME:word}, so that the two can be compared;
   * empty for a word that it does not know. What a variant is made for holds for all of its
   * sessions, whatever their options say. Errors: ENGINE for what this machine does not have.
   */
  default Optional<Engine> variant(String word) {
    return Optional.empty();
  }

  /** This engine with all of its sessions on a device, as {@code NAME@cuda} where it is a GPU. */
  default Engine on(Device device) {
    return new EngineOnDevice(this, device);
  }
}
