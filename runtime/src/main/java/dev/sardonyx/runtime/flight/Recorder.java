package dev.sardonyx.runtime.flight;

import jdk.jfr.FlightRecorder;

/**
 * Whether Flight Recorder has been started in this process. Asking loads none of our events, costs
 * and allocates nothing, and works where its module is not there.
 */
final class Recorder {
  private static final boolean THERE =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent(); // edge devices may leave it out

  private Recorder() {}

  static boolean isStarted() {
    return THERE && Started.ask();
  }

  /** Apart, so that nothing of the module is linked without it. */
  private static final class Started {
    static boolean ask() {
      return FlightRecorder.isInitialized();
    }
  }
}
