package dev.sardonyx.runtime.plan;

/** Runs steps in place of a workspace while somebody wants to know of them. Thread-safe. */
public interface StepWatch {
  /** Nobody wants to know. */
  static StepWatch none() {
    return Nobody.NOBODY;
  }

  /** Whether somebody does now: asked once a run, so it costs and allocates nothing. */
  boolean isOn();

  /** Runs a step once. Errors: its own. */
  void run(LabelledStep step);

  /** No one. */
  enum Nobody implements StepWatch {
    NOBODY;

    @Override
    public boolean isOn() {
      return false;
    }

    @Override
    public void run(LabelledStep step) {
      step.run();
    }
  }
}
