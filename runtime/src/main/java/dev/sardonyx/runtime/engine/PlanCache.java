package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.type.TensorType;
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

  private final Function<List<TensorType>, WorkspacePool> planning;
  private final LinkedHashMap<List<TensorType>, WorkspacePool> pools =
      new LinkedHashMap<>(CAPACITY * 2, 0.75f, true);

  PlanCache(Function<List<TensorType>, WorkspacePool> planning) {
    this.planning = planning;
  }

  /** The plan for inputs of these types. Errors: those of planning. */
  synchronized WorkspacePool get(List<TensorType> types) {
    WorkspacePool pool = pools.get(types);
    if (pool == null) {
      pool = planning.apply(types);
      pools.put(types, pool);
      if (pools.size() > CAPACITY) {
        pools.pollFirstEntry().getValue().close();
      }
    }
    return pool;
  }

  /** Frees the memory that no run uses. */
  synchronized void trim() {
    pools.values().forEach(WorkspacePool::trim);
  }

  @Override
  public synchronized void close() {
    pools.values().forEach(WorkspacePool::close);
    pools.clear();
  }
}
