package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.type.ValueType;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The plans of a session by the types of its inputs; the one least recently used makes room.
 * Thread-safe.
 */
final class PlanCache implements AutoCloseable {
  /** Sets of shapes that a program switches between. More are planned anew each time. */
  static final int CAPACITY = 8;

  /** Makes a graph ready for inputs of certain types. */
  @FunctionalInterface
  interface Planning {
    /**
     * The execution for inputs of these types. Errors: those of planning.
     *
     * @param relief frees what the session does not use, where the budget has no room
     */
    Execution plan(List<ValueType> types, Runnable relief);
  }

  private final Planning planning;
  private final LinkedHashMap<List<ValueType>, Execution> executions =
      new LinkedHashMap<>(CAPACITY * 2, 0.75f, true);

  PlanCache(Planning planning) {
    this.planning = planning;
  }

  /** The plan for inputs of these types. Errors: those of planning. */
  synchronized Execution get(List<ValueType> types) {
    Execution execution = executions.get(types);
    if (execution == null) {
      execution = planning.plan(types, this::trim);
      executions.put(types, execution);
      if (executions.size() > CAPACITY) {
        executions.pollFirstEntry().getValue().close();
      }
    }
    return execution;
  }

  /** Frees the memory that no run uses. */
  private synchronized void trim() {
    executions.values().forEach(Execution::trim);
  }

  @Override
  public synchronized void close() {
    executions.values().forEach(Execution::close);
    executions.clear();
  }
}
