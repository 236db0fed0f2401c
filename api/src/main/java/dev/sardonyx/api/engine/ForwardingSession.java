package dev.sardonyx.api.engine;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;

/** A session that leaves to another what it does not do itself. */
public interface ForwardingSession extends Session {
  /** The other. */
  Session session();

  @Override
  default Graph graph() {
    return session().graph();
  }

  @Override
  default Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return session().runData(inputs);
  }

  @Override
  default Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    return session().bind(inputs, outputs);
  }

  @Override
  default void close() {
    session().close();
  }
}
