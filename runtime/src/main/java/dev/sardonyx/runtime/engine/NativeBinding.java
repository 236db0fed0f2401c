package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Lifetime;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A plan on tensors of the caller. What a run calls is made here, so that it allocates nothing. */
final class NativeBinding implements Binding {
  private final Lifetime lifetime;
  private final Supplier<WorkspacePool> plans;
  private final MemorySegment[] inputs;
  private final MemorySegment[] outputs;
  private final Supplier<NativeBinding> call;
  private WorkspacePool plan;

  /**
   * A binding.
   *
   * @param plans gives the plan, anew where it has made room for others
   * @param inputs in the graph's order, as are the outputs
   */
  NativeBinding(
      Lifetime lifetime,
      Optional<Duration> deadline,
      Supplier<WorkspacePool> plans,
      List<MemorySegment> inputs,
      List<MemorySegment> outputs) {
    this.lifetime = lifetime;
    this.plans = plans;
    this.inputs = inputs.toArray(MemorySegment[]::new);
    this.outputs = outputs.toArray(MemorySegment[]::new);
    plan = plans.get();
    Supplier<NativeBinding> compute = this::compute;
    call = () -> Cancellation.within(deadline, compute);
  }

  @Override
  public void run() {
    lifetime.use(call);
  }

  private NativeBinding compute() {
    if (plan.isEvicted()) {
      plan = plans.get();
    }
    plan.run(inputs, outputs);
    return this;
  }
}
