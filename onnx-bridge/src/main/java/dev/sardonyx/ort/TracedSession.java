package dev.sardonyx.ort;

import dev.sardonyx.api.engine.ForwardingSession;
import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A session that ONNX Runtime profiles, into a temporary folder that goes with the session. */
final class TracedSession implements ForwardingSession, ProfiledSession {
  private final Path folder;
  private final GuardedSession session;

  private TracedSession(Path folder, GuardedSession session) {
    this.folder = folder;
    this.session = session;
  }

  /** Opens a session of a graph that takes and gives tensors. Errors: those of opening; ENGINE. */
  static TracedSession open(Graph graph, SessionOptions options, OrtOptimisations optimisations) {
    Path folder;
    try {
      folder = Files.createTempDirectory("sardonyx-trace");
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.ENGINE, "there is no temporary folder for ONNX Runtime's times", error);
    }
    try {
      return new TracedSession(
          folder, OrtSessions.openTraced(graph, options, optimisations, folder));
    } catch (RuntimeException | Error error) {
      remove(folder);
      throw error;
    }
  }

  @Override
  public Session session() {
    return session;
  }

  @Override
  public List<NodeTime> nodeTimes() {
    return OrtTrace.read(session.endTrace());
  }

  @Override
  public void close() {
    session.close();
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.ENGINE, "the temporary folder " + folder + " cannot be removed", error);
    }
  }
}
