package dev.sardonyx.runtime.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** A run of a session, on whatever engine. */
@Name("dev.sardonyx.Run")
@Label("Model Run")
@Description("One run of a session; of very many, a sample")
@Category({"Sardonyx"})
@StackTrace(false)
@Throttle("1000/s") // models of some microseconds would fill the recording
final class RunEvent extends Event {
  private static final EventType TYPE = EventType.getEventType(RunEvent.class);

  @Label("Model")
  String model = "";

  @Label("Engine")
  String engine = "";

  @Label("Inputs")
  @Description("Names, element types and sizes")
  String inputs = "";

  @Label("Threads")
  int threads;

  @Label("Failure")
  @Description("The code of the error that ended the run; empty where it succeeded")
  String failure = "";

  static boolean isWanted() {
    return TYPE.isEnabled();
  }
}
