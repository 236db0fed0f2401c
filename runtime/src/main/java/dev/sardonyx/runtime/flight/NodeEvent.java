package dev.sardonyx.runtime.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A step of a run on the native engine. */
@Name("dev.sardonyx.Node")
@Label("Model Node")
@Description("A node of a run on the native engine, with what is fused with it")
@Category({"Sardonyx"})
@Enabled(false)
@StackTrace(false)
@Threshold("0 ns")
final class NodeEvent extends Event {
  private static final EventType TYPE = EventType.getEventType(NodeEvent.class);

  @Label("Model")
  String model = "";

  @Label("Node")
  String node = "";

  @Label("Operator")
  @Description("With dots where other nodes are fused with it")
  String operator = "";

  @Label("Module")
  @Description("The path of the module that made the node")
  String module = "";

  @Label("Source")
  @Description("The line of the model's source")
  String source = "";

  @Label("Kernel")
  @Description("The way and the pieces of code that compute it")
  String kernel = "";

  @Label("Operations")
  @Description("Multiplications and additions by the operator's definition")
  long operations;

  @Label("Bytes")
  @Description("What it has to read and write at least")
  @DataAmount
  long bytes;

  static boolean isWanted() {
    return TYPE.isEnabled();
  }
}
