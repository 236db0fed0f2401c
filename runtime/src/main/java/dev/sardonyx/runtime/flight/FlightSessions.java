package dev.sardonyx.runtime.flight;

import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.SessionRecorder;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.function.Supplier;

/** Sessions whose opening and runs are seen in Flight Recorder, once that is started. */
public final class FlightSessions implements SessionRecorder {

  @Override
  public Session open(
      String engine, Graph graph, SessionOptions options, Supplier<Session> opening) {
    String name =
        options.device() == Device.CPU ? engine : engine + "@" + options.device().lowerCaseName();
    Session session =
        Recorder.isStarted() ? Events.open(name, graph, options, opening) : opening.get();
    return new RecordedSession(session, name, options.threads());
  }

  /** What failed, in one word. */
  static String code(RuntimeException error) {
    return error instanceof SardonyxException own
        ? own.code().name()
        : error.getClass().getSimpleName();
  }

  /** Apart, so that events are loaded when they are needed. */
  private static final class Events {
    static Session open(
        String engine, Graph graph, SessionOptions options, Supplier<Session> opening) {
      var event = new OpenEvent();
      event.begin();
      try {
        return opening.get();
      } catch (RuntimeException error) {
        event.failure = code(error);
        throw error;
      } finally {
        event.end();
        if (event.shouldCommit()) {
          event.model = graph.name();
          event.engine = engine;
          event.threads = options.threads();
          event.nodes = graph.nodes().size();
          event.weights =
              graph.initializers().values().stream().mapToLong(DenseTensor::byteSize).sum();
          event.commit();
        }
      }
    }
  }
}
