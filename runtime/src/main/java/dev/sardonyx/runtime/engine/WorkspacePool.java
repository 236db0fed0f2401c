package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.Plan;
import dev.sardonyx.runtime.plan.Workspace;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workspaces of one plan: as many as runs were ever at work at once. A run has one to itself.
 * Thread-safe.
 */
final class WorkspacePool implements AutoCloseable {
  private final Plan plan;
  private final MemoryBudget budget;
  private final Runnable relief;
  private final ArrayDeque<Workspace> idle = new ArrayDeque<>();
  private int atWork;
  private boolean closed;

  /**
   * The pool of a plan.
   *
   * @param relief frees what the session does not use, where the budget has no room for one more
   */
  WorkspacePool(Plan plan, MemoryBudget budget, Runnable relief) {
    this.plan = plan;
    this.budget = budget;
    this.relief = relief;
  }

  /** Checks that a first workspace has room. Errors: LIMIT. */
  void requireRoom() {
    budget.require(plan.purpose(), plan.workspaceBytes());
  }

  /**
   * Runs the plan in a workspace of its own; where the budget has no room for one more, waits for
   * one that is at work. Errors: LIMIT when there is no room at all, INTERRUPTED, those of steps.
   */
  Map<String, Tensor> run(List<Tensor> inputs) {
    Workspace workspace = borrow();
    try {
      return workspace.run(inputs);
    } finally {
      giveBack(workspace);
    }
  }

  private Workspace borrow() {
    while (true) {
      Optional<Workspace> free = takeIdle();
      if (free.isPresent()) {
        return free.get();
      }
      try {
        // Outside the lock: memory is zeroed here, and runs that end should not wait for that.
        return opened(openWithRelief());
      } catch (SardonyxException full) {
        awaitIdle(full);
      }
    }
  }

  private Workspace openWithRelief() {
    try {
      return plan.open(budget);
    } catch (SardonyxException full) {
      relief.run();
      return plan.open(budget);
    }
  }

  private synchronized Workspace opened(Workspace workspace) {
    atWork++;
    return workspace;
  }

  private synchronized Optional<Workspace> takeIdle() {
    if (idle.isEmpty()) {
      return Optional.empty();
    }
    atWork++;
    return Optional.of(idle.pop());
  }

  /** Waits until a workspace may be there, or gives up where none will come. */
  private synchronized void awaitIdle(SardonyxException full) {
    if (idle.isEmpty() && atWork == 0) {
      throw full;
    }
    try {
      while (idle.isEmpty() && atWork > 0) {
        wait();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new SardonyxException(
          ErrorCode.INTERRUPTED, "the run was interrupted while it waited for memory", interrupt);
    }
  }

  private synchronized void giveBack(Workspace workspace) {
    atWork--;
    if (closed) {
      workspace.close();
    } else {
      idle.push(workspace);
    }
    notifyAll();
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
