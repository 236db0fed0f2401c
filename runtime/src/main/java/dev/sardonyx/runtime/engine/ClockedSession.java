package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.plan.StepClock;
import java.util.List;
import java.util.Map;

/** A session of the native engine whose steps are timed. */
record ClockedSession(Session session, StepClock clock) implements ProfiledSession {
  @Override
  public Graph graph() {
    return session.graph();
  }

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return session.runData(inputs);
  }

  @Override
  public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    return session.bind(inputs, outputs);
  }

  @Override
  public List<NodeTime> nodeTimes() {
    return clock.entries().stream()
        .map(
            entry ->
                new NodeTime(entry.label().node(), entry.label().operator(), entry.nanos() / 1e6))
        .toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
