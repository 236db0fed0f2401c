package dev.sardonyx.api.engine;

import dev.sardonyx.api.graph.Graph;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Records sessions and their runs while somebody looks; found by ServiceLoader. */
public interface SessionRecorder {

  /** What an engine opens, or something around it. Errors: those of opening. */
  Session open(String engine, Graph graph, SessionOptions options, Supplier<Session> opening);

  /** The same with the recorder on the class path, if there is one. Errors: as above. */
  static Session recorded(
      String engine, Graph graph, SessionOptions options, Supplier<Session> opening) {
    Optional<SessionRecorder> recorder =
        ServiceLoader.load(SessionRecorder.class, SessionRecorder.class.getClassLoader())
            .findFirst();
    return recorder.isEmpty()
        ? opening.get()
        : recorder.get().open(engine, graph, options, opening);
  }
}
