package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.ForwardingSession;
import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.runtime.plan.StepClock;
import java.util.List;

/** A session of the native engine whose steps are timed. */
record ClockedSession(Session session, StepClock clock)
    implements ForwardingSession, ProfiledSession {
  @Override
  public List<NodeTime> nodeTimes() {
    return clock.entries().stream()
        .map(
            entry ->
                new NodeTime(entry.label().node(), entry.label().operator(), entry.nanos() / 1e6))
        .toList();
  }
}
