package dev.sardonyx.runtime.generate.recover;

import java.util.List;
import java.util.Optional;

/**
 * A step in its module.
 *
 * @param layer its name as a layer there; empty where it is a call of Tensor or Functional
 * @param inputs the values it takes, without constants
 */
record Placed(Step step, Optional<String> layer, List<String> inputs) implements Item {
  Placed {
    inputs = List.copyOf(inputs);
  }

  @Override
  public List<String> outputs() {
    return List.of(step.output());
  }

  Placed named(String changed) {
    return new Placed(step, Optional.of(changed), inputs);
  }
}
