package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.Plan;
import dev.sardonyx.runtime.plan.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces of one plan: as many as runs were ever at work at once. A run has one to itself.
 * Thread-safe.
 */
final class WorkspacePool implements Execution {
  private final Plan plan;
  private final MemoryBudget budget;
  private final Team team;
  private final Occupancy occupancy;
  private final Runnable relief;
  private final ArrayDeque<Workspace> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * The pool of a plan.
   *
   * @param team who computes
   * @param occupancy the runs of the whole session
   * @param relief frees what the session does not use, where the budget has no room for one more
   */
  WorkspacePool(Plan plan, MemoryBudget budget, Team team, Occupancy occupancy, Runnable relief) {
    this.plan = plan;
    this.budget = budget;
    this.team = team;
    this.occupancy = occupancy;
    this.relief = relief;
  }

  @Override
  public void requireRoom() {
    budget.require(plan.purpose(), plan.workspaceBytes());
  }

  /** The types of the outputs, in the graph's order. */
  List<ValueType> outputTypes() {
    return plan.graph().outputs().stream().map(Value::type).toList();
  }

  /** Whether the plan has made room for another: who holds it should ask the cache again. */
  synchronized boolean isEvicted() {
    return closed;
  }

  /**
   * Runs the plan in a workspace of its own; where the budget has no room for one more, waits for
   * one that is at work. Errors: LIMIT when there is no room at all, INTERRUPTED, those of steps.
   */
  @Override
  public Map<String, Data> run(List<Data> inputs) {
    Workspace workspace = enter();
    try {
      return workspace.run(inputs);
    } finally {
      leave(workspace);
    }
  }

  /** The same on memory of the caller, inputs and outputs in the graph's order. */
  void run(MemorySegment[] inputs, MemorySegment[] outputs) {
    Workspace workspace = enter();
    try {
      workspace.run(inputs, outputs);
    } finally {
      leave(workspace);
    }
  }

  private Workspace enter() {
    occupancy.enter();
    boolean entered = false;
    try {
      Workspace workspace = borrow();
      entered = true;
      return workspace;
    } finally {
      if (!entered) {
        occupancy.leave();
      }
    }
  }

  private void leave(Workspace workspace) {
    try {
      giveBack(workspace);
    } finally {
      occupancy.leave();
    }
  }

  private Workspace borrow() {
    while (true) {
      long departures = occupancy.departures();
      Workspace free = takeIdle();
      if (free != null) {
        return free;
      }
      try {
        // Outside the lock: memory is zeroed here, and runs that end should not wait for that.
        return openWithRelief();
      } catch (SardonyxException full) {
        if (!occupancy.awaitDeparture(departures)) {
          throw full;
        }
      }
    }
  }

  private Workspace openWithRelief() {
    try {
      return plan.open(budget, team);
    } catch (SardonyxException full) {
      relief.run();
      return plan.open(budget, team);
    }
  }

  private synchronized @Nullable Workspace takeIdle() {
    return idle.poll();
  }

  private synchronized void giveBack(Workspace workspace) {
    if (closed) {
      workspace.close();
    } else {
      idle.push(workspace);
    }
  }

  @Override
  public synchronized void trim() {
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
