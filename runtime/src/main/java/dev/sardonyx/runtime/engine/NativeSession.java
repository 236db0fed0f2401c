package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Lifetime;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.Signature;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.plan.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A compiled graph: packed weights, and a plan for each set of input shapes that it meets. */
final class NativeSession implements Session {
  private final Graph graph;
  private final PlanCache plans;
  private final Lifetime lifetime;
  private final Optional<Duration> deadline;

  NativeSession(
      Graph graph,
      PlanCache plans,
      Weights weights,
      Team team,
      Kernels.Lease lease,
      Optional<Duration> deadline) {
    this.deadline = deadline;
    this.graph = graph;
    this.plans = plans;
    lifetime =
        new Lifetime(
            "the session of " + graph.name(),
            () -> {
              team.close();
              plans.close();
              weights.close();
              lease.close();
            });
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return lifetime.use(() -> Cancellation.within(deadline, () -> execute(inputs)));
  }

  private Map<String, Data> execute(Map<String, ? extends Data> inputs) {
    List<Data> given = Signature.check(graph, inputs);
    return plans.get(types(given)).run(given);
  }

  private static List<ValueType> types(List<Data> given) {
    List<ValueType> types = new ArrayList<>(given.size());
    for (Data data : given) {
      types.add(data.type());
    }
    return types;
  }

  /** {@inheritDoc} What has shapes that depend on data is run and copied. */
  @Override
  public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    return lifetime.use(() -> Cancellation.within(deadline, () -> tie(inputs, outputs)));
  }

  private Binding tie(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    List<Data> given = Signature.check(graph, inputs);
    List<ValueType> types = types(given);
    return switch (plans.get(types)) {
      case Interpreted _ -> Session.super.bind(inputs, outputs);
      case WorkspacePool plan ->
          new NativeBinding(
              lifetime,
              deadline,
              () -> (WorkspacePool) plans.get(types),
              given.stream().map(data -> ((Tensor) data).dense().segment()).toList(),
              Signature.outputs(graph, plan.outputTypes(), outputs));
    };
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
