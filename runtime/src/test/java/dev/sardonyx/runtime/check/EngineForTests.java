package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import java.util.Optional;

/** An engine that a test makes up: it is there, and has nothing more to say than its name. */
interface EngineForTests extends Engine {
  @Override
  default String description() {
    return name();
  }

  @Override
  default Optional<String> unavailable() {
    return Optional.empty();
  }
}
