package dev.sardonyx.runtime.flight;

import dev.sardonyx.runtime.plan.LabelledStep;
import dev.sardonyx.runtime.plan.StepLabel;
import dev.sardonyx.runtime.plan.StepWatch;

/**
 * Records the steps of runs while a recording has {@code dev.sardonyx.Node} enabled.
 *
 * @param model its name
 */
public record FlightSteps(String model) implements StepWatch {
  @Override
  public boolean isOn() {
    return Recorder.isStarted() && NodeEvent.isWanted();
  }

  @Override
  public void run(LabelledStep step) {
    var event = new NodeEvent();
    event.begin();
    step.run();
    event.end();
    if (event.shouldCommit()) {
      StepLabel label = step.label();
      event.model = model;
      event.node = label.node();
      event.operator = label.operator();
      event.module = label.module();
      event.source = label.source().map(Object::toString).orElse("");
      event.kernel = step.kernel();
      event.operations = label.operations();
      event.bytes = label.bytes();
      event.commit();
    }
  }
}
