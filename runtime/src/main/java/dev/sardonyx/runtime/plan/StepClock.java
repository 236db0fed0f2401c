package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.tune.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How long each step of a session's plan takes: for one session with inputs of the same shapes, one
 * run at a time.
 */
public final class StepClock {
  private static final int MOST_RUNS = 1_000;

  private final List<Timed> steps = new ArrayList<>();

  /**
   * A step's time.
   *
   * @param place its node, with the source line
   * @param operator what it computes, first the node's operator, then what is fused with it
   * @param operations multiplications and additions, as {@link Work} counts them
   * @param nanos the median
   * @param decision why it is computed so, where there are several ways
   */
  public record Entry(
      String place, String operator, long operations, long nanos, Optional<Decision> decision) {}

  private static final class Timed implements Step {
    private final Stage stage;
    private final Step step;
    private final Optional<Decision> decision;
    private final long[] nanos = new long[MOST_RUNS];
    private int runs;

    Timed(Stage stage, Step step, Optional<Decision> decision) {
      this.decision = decision;
      this.stage = stage;
      this.step = step;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      step.run();
      nanos[runs % MOST_RUNS] = System.nanoTime() - start;
      runs++;
    }

    private boolean isAlone() {
      return stage.tail().equals(Tail.none()) && stage.parts().isEmpty();
    }

    Entry entry() {
      long[] sorted = Arrays.copyOf(nanos, Math.min(runs, MOST_RUNS));
      Arrays.sort(sorted);
      return new Entry(
          stage.node().place(),
          stage.op().name() + (isAlone() ? "" : " + ..."),
          Work.of(stage),
          sorted.length == 0 ? 0 : sorted[sorted.length / 2],
          decision);
    }
  }

  Step timing(Stage stage, Step step, Optional<Decision> decision) {
    var timed = new Timed(stage, step, decision);
    steps.add(timed);
    return timed;
  }

  /** Forgets the runs so far, such as those of a warm-up. */
  public void reset() {
    steps.forEach(step -> step.runs = 0);
  }

  /** The steps in the order of a run. */
  public List<Entry> entries() {
    return steps.stream().map(Timed::entry).toList();
  }
}
