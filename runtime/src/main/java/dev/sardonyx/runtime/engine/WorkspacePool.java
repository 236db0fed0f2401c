package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.Plan;
import dev.sardonyx.runtime.plan.Workspace;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/**
 * The workspaces of one plan: as many as runs were ever at work at once. A run has one to itself.
 * Thread-safe.
 */
final class WorkspacePool implements AutoCloseable {
  private final Plan plan;
  private final MemoryBudget budget;
  private final ArrayDeque<Workspace> idle = new ArrayDeque<>();
  private boolean closed;

  WorkspacePool(Plan plan, MemoryBudget budget) {
    this.plan = plan;
    this.budget = budget;
  }

  /** Runs the plan in a workspace of its own. Errors: LIMIT when there is no room for one more. */
  Map<String, Tensor> run(List<Tensor> inputs) {
    Workspace workspace = borrow();
    try {
      return workspace.run(inputs);
    } finally {
      giveBack(workspace);
    }
  }

  private Workspace borrow() {
    synchronized (this) {
      Workspace waiting = idle.poll();
      if (waiting != null) {
        return waiting;
      }
    }
    return plan.open(budget);
  }

  private synchronized void giveBack(Workspace workspace) {
    if (closed) {
      workspace.close();
    } else {
      idle.push(workspace);
    }
  }

  /** Frees the memory of workspaces that no run uses. */
  synchronized void trim() {
    idle.forEach(Workspace::close);
    idle.clear();
  }

  /** Frees idle workspaces now, and those at work when they come back. */
  @Override
  public synchronized void close() {
    closed = true;
    trim();
  }
}
