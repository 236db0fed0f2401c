package dev.sardonyx.api.engine;

import java.util.List;

/** A session that tells how long each node takes; for one run at a time. */
public interface ProfiledSession extends Session {

  /**
   * The times of the runs so far, in the order of a run; empty before the first. To be called once:
   * later runs are not timed. Nodes that the engine leaves out, or computes within others, have
   * none. Errors: ENGINE where the times cannot be had.
   */
  List<NodeTime> nodeTimes();
}
