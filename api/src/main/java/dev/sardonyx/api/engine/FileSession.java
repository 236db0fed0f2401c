package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A session of a graph that was read from a file: its errors name the file.
 *
 * @param file as errors show it
 */
public record FileSession(Session session, String file) implements Session {

  /** Opens a session. Errors: those of opening, in the file. */
  public static Session open(Supplier<Session> opening, String file) {
    return new FileSession(in(file, opening), file);
  }

  private static <T> T in(String file, Supplier<T> call) {
    try {
      return call.get();
    } catch (SardonyxException error) {
      throw error.in(file);
    }
  }

  @Override
  public Graph graph() {
    return session.graph();
  }

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return in(file, () -> session.runData(inputs));
  }

  @Override
  public void close() {
    session.close();
  }
}
