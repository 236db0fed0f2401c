package dev.sardonyx.processor.follow;

import java.util.Optional;
import javax.lang.model.element.Name;

/** How a statement ends. */
sealed interface Completion {
  Completion NORMAL = new Normal();

  /** The next statement follows. */
  record Normal() implements Completion {}

  /** The method returns. */
  record Return(Object value) implements Completion {}

  /** A switch expression has its value. */
  record Yield(Object value) implements Completion {}

  /** A loop or switch is left. */
  record Break(Optional<Name> label) implements Completion {}

  /** A loop goes on with its next turn. */
  record Continue(Optional<Name> label) implements Completion {}

  /** An exception is thrown. */
  record Throw() implements Completion {}

  /** On some paths a loop is left or goes on, on others not. */
  record Unsure() implements Completion {}

  default boolean isNormal() {
    return this instanceof Normal;
  }

  /** Whether control goes to a loop around. */
  default boolean isJump() {
    return this instanceof Break || this instanceof Continue || this instanceof Unsure;
  }
}
