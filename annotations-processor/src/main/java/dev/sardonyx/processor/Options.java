package dev.sardonyx.processor;

import java.util.Map;

/** What the processor is told by options of the compiler. */
final class Options {
  /** {@code -Asardonyx.shapes=off} leaves shapes unchecked, {@code report} writes them down. */
  static final String SHAPES = "sardonyx.shapes";

  /** {@code -Averbose} says what could not be followed. */
  static final String VERBOSE = "verbose";

  private final Map<String, String> given;

  Options(Map<String, String> given) {
    this.given = given;
  }

  boolean checksShapes() {
    return !"off".equals(given.get(SHAPES));
  }

  boolean reportsShapes() {
    return "report".equals(given.get(SHAPES));
  }

  boolean isVerbose() {
    return given.containsKey(VERBOSE);
  }
}
