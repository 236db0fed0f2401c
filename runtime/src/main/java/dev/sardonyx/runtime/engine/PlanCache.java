package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The plans of a session by the types of its inputs; the one least recently used makes room.
 * Thread-safe.
 */
final class PlanCache implements AutoCloseable {
  /** Sets of shapes that a program switches between. More are planned anew each time. */
  static final int CAPACITY = 8;

  private final Function<List<TensorType>, Plan> planning;
  private final MemoryBudget budget;
  private final Occupancy occupancy = new Occupancy();
  private final LinkedHashMap<List<TensorType>, WorkspacePool> pools =
      new LinkedHashMap<>(CAPACITY * 2, 0.75f, true);

  PlanCache(Function<List<TensorType>, Plan> planning, MemoryBudget budget) {
    this.planning = planning;
    this.budget = budget;
  }

  /** The plan for inputs of these types. Errors: those of planning. */
  synchronized WorkspacePool get(List<TensorType> types) {
    WorkspacePool pool = pools.get(types);
    if (pool == null) {
      pool = new WorkspacePool(planning.apply(types), budget, occupancy, this::trim);
      pools.put(types, pool);
      if (pools.size() > CAPACITY) {
        pools.pollFirstEntry().getValue().close();
      }
    }
    return pool;
  }

  /** Frees the memory that no run uses. */
  private synchronized void trim() {
    pools.values().forEach(WorkspacePool::trim);
  }

  @Override
  public synchronized void close() {
    pools.values().forEach(WorkspacePool::close);
    pools.clear();
  }
}
