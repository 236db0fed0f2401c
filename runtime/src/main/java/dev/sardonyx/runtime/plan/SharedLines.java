package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;

/** Lines of a result that do not depend on each other, cut between the members of a team. */
final class SharedLines implements Team.Task, Step {
  /** Computes some lines. */
  interface Body {
    void run(int from, int to, HotArrays arrays);
  }

  private final Body body;
  private final int lines;
  private final Buffers buffers;
  private final int parts;
  private Team.Task task = this;

  /**
   * Lines.
   *
   * @param nanos what all of them take, as {@link Parts} reckons
   */
  SharedLines(Body body, int lines, double nanos, Buffers buffers) {
    this(body, lines, Parts.of(nanos, buffers.team().size()), buffers);
  }

  /** In so many parts, or as many as there are lines. */
  SharedLines(Body body, int lines, int parts, Buffers buffers) {
    this.body = body;
    this.lines = lines;
    this.buffers = buffers;
    this.parts = Math.clamp(lines, 1, parts);
  }

  /**
   * The same where nothing is done but what kernels are asked for: see {@link Kernels#repeated}.
   */
  SharedLines by(Kernels kernels) {
    task = kernels.repeated(this, parts, buffers.team().size());
    return this;
  }

  @Override
  public void run() {
    buffers.team().run(parts, task);
  }

  @Override
  public void run(int part, int member) {
    int from = (int) ((long) lines * part / parts);
    int to = (int) ((long) lines * (part + 1) / parts);
    body.run(from, to, buffers.arrays(member));
  }
}
