package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.tensor.Data;
import java.util.List;
import java.util.Map;

/** A graph made ready for inputs of certain types. Thread-safe. */
sealed interface Execution extends AutoCloseable permits Interpreted, WorkspacePool {

  /**
   * Runs with inputs in the graph's order; outputs by name, in its order. Errors: LIMIT,
   * INTERRUPTED, what an operator refuses, at its node.
   */
  Map<String, Data> run(List<Data> inputs);

  /** Checks that a run has room in the memory budget. Errors: LIMIT. */
  void requireRoom();

  /** Frees memory that no run uses. */
  void trim();

  @Override
  void close();
}
