package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.tune.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long each step of a session's plan takes: for one session with inputs of the same shapes, one
 * run at a time.
 */
public final class StepClock implements StepWatch {
  private static final int MOST_RUNS = 1_000;

  private final Map<Object, Timed> steps = new IdentityHashMap<>();
  private final List<Timed> order = new ArrayList<>();

  /**
   * A step's time.
   *
   * @param label what it computes
   * @param kernel the kernels that compute it
   * @param nanos the median
   */
  public record Entry(StepLabel label, String kernel, long nanos) {
    /** Its node, with the source line. */
    public String place() {
      return label.place();
    }

    /** Why it is computed so, where there are several ways. */
    public Optional<Decision> decision() {
      return label.decision();
    }
  }

  private static final class Timed {
    private LabelledStep step;
    private final long[] nanos = new long[MOST_RUNS];
    private int runs;

    Timed(LabelledStep first) {
      step = first;
    }

    void run(LabelledStep now) {
      step = now;
      long start = System.nanoTime();
      step.run();
      nanos[runs % MOST_RUNS] = System.nanoTime() - start;
      runs++;
    }

    Entry entry() {
      long[] sorted = Arrays.copyOf(nanos, Math.min(runs, MOST_RUNS));
      Arrays.sort(sorted);
      long median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
      return new Entry(step.label(), step.kernel(), median);
    }
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void run(LabelledStep step) {
    Timed timed = steps.get(step.key());
    if (timed == null) {
      timed = new Timed(step);
      steps.put(step.key(), timed);
      order.add(timed);
    }
    timed.run(step);
  }

  /** Forgets the runs so far, such as those of a warm-up. */
  public void reset() {
    order.forEach(step -> step.runs = 0);
  }

  /** The steps in the order of a run. */
  public List<Entry> entries() {
    return order.stream().map(Timed::entry).toList();
  }
}
