package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Team;

/** Lines of a result that do not depend on each other, cut between the members of a team. */
final class SharedLines implements Team.Task, Step {
  /** Elements read that are worth a thread's while: some microseconds. */
  private static final long WORTH = 1 << 16;

  /** Parts for each member, so that one that is held up leaves its share to the others. */
  private static final int EACH = 4;

  /** Computes some lines. */
  interface Body {
    void run(int from, int to, HotArrays arrays);
  }

  private final Body body;
  private final int lines;
  private final Buffers buffers;
  private final int parts;

  SharedLines(Body body, int lines, double work, Buffers buffers) {
    this.body = body;
    this.lines = lines;
    this.buffers = buffers;
    int members = buffers.team().size();
    int wanted = members == 1 ? 1 : Math.clamp((long) (work / WORTH), 1, members * EACH);
    parts = Math.min(wanted, Math.max(1, lines));
  }

  @Override
  public void run() {
    buffers.team().run(parts, this);
  }

  @Override
  public void run(int part, int member) {
    int from = (int) ((long) lines * part / parts);
    int to = (int) ((long) lines * (part + 1) / parts);
    body.run(from, to, buffers.arrays(member));
  }
}
