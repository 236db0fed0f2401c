package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run and what can be said of it, which is found out when somebody asks. One thread at
 * a time.
 */
public final class LabelledStep implements Step {
  /** What is said of a step that calls no kernel but moves data by itself. */
  private static final String NO_KERNEL = "Java";

  private final Node node;
  private final boolean planned;
  private final Supplier<StepLabel> labelling;
  private final Kernels kernels;
  private final Step step;
  private @Nullable StepLabel label;
  private int heard;
  private String kernel = "";

  private LabelledStep(
      Node node, boolean planned, Supplier<StepLabel> labelling, Kernels kernels, Step step) {
    this.node = node;
    this.planned = planned;
    this.labelling = labelling;
    this.kernels = kernels;
    this.step = step;
  }

  static LabelledStep of(Stage stage, Optional<Decision> decision, Kernels kernels, Step step) {
    return new LabelledStep(stage.node(), true, () -> StepLabel.of(stage, decision), kernels, step);
  }

  /** A node that no plan has, for one run: of its work nothing is known. */
  static LabelledStep of(Node node, Kernels kernels, Step step) {
    return new LabelledStep(node, false, () -> StepLabel.of(node), kernels, step);
  }

  /** Where errors happen. */
  String place() {
    return node.place();
  }

  /** The same object in each run. */
  Object key() {
    return planned ? this : node;
  }

  /** What it computes. */
  public StepLabel label() {
    StepLabel known = label;
    if (known == null) {
      known = labelling.get();
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
    String names = called.isEmpty() ? NO_KERNEL : String.join(", ", called);
    return label()
        .decision()
        .map(Decision::way)
        .map(Way::word)
        .map(way -> way + ": " + names)
        .orElse(names);
  }

  /**
   * The kernels that it has called on the caller's thread, after the way where there are several:
   * {@code winograd-4: Winograd input, product x8, ...}; empty before the first run.
   */
  public String kernel() {
    return kernel;
  }
}
