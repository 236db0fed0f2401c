package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workspace and what can be said of it, which is found out when somebody asks. One
 * thread at a time.
 */
public final class LabelledStep implements Step {
  /** What is said of a step that calls no kernel but moves data by itself. */
  private static final String NO_KERNEL = "Java";

  private final Stage stage;
  private final Optional<Decision> decision;
  private final Kernels kernels;
  private final Step step;
  private @Nullable StepLabel label;
  private int heard;
  private String kernel = "";

  LabelledStep(Stage stage, Optional<Decision> decision, Kernels kernels, Step step) {
    this.stage = stage;
    this.decision = decision;
    this.kernels = kernels;
    this.step = step;
  }

  /** Where errors happen. */
  String place() {
    return stage.node().place();
  }

  /** What it computes. */
  public StepLabel label() {
    StepLabel known = label;
    if (known == null) {
      known = StepLabel.of(stage, decision);
      label = known;
    }
    return known;
  }

  /** The first two runs look what kernels it calls, and take longer; the first prepares more. */
  @Override
  public void run() {
    if (heard < 2) {
      heard++;
      kernel = name(kernels.heard(step::run));
    } else {
      step.run();
    }
  }

  private String name(Set<String> called) {
    String way = decision.map(Decision::way).map(Way::word).orElse("");
    String names = called.isEmpty() ? NO_KERNEL : String.join(", ", called);
    return way.isEmpty() ? names : way + ": " + names;
  }

  /**
   * The kernels that it has called on the caller's thread, after the way where there are several:
   * {@code winograd-4: Winograd input, product x8, ...}; empty before the first run.
   */
  public String kernel() {
    return kernel;
  }
}
