package dev.sardonyx.runtime.junit;

import java.util.Optional;

/**
 * One thing that was tested.
 *
 * @param problem why it did not pass; empty where it did
 */
public record TestCase(String name, double seconds, Optional<Problem> problem) {

  /** What JUnit's XML knows besides success. */
  public enum Kind {
    FAILURE("failure"),
    ERROR("error"),
    SKIPPED("skipped");

    private final String element;

    Kind(String element) {
      this.element = element;
    }

    /** The name of the element. */
    String element() {
      return element;
    }
  }

  /**
   * Why a test did not pass.
   *
   * @param type a word for the sort of problem
   * @param message one line
   * @param text all there is to say
   */
  public record Problem(Kind kind, String type, String message, String text) {}

  /** One that passed. */
  public static TestCase passed(String name, double seconds) {
    return new TestCase(name, seconds, Optional.empty());
  }

  /** One that did not. */
  public static TestCase of(String name, double seconds, Problem problem) {
    return new TestCase(name, seconds, Optional.of(problem));
  }

  boolean is(Kind kind) {
    return problem.filter(found -> found.kind() == kind).isPresent();
  }
}
