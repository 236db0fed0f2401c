package dev.sardonyx.runtime.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A model that is made ready on an engine. */
@Name("dev.sardonyx.Open")
@Label("Model Open")
@Description("A session is opened: the graph is compiled, weights are packed")
@Category({"Sardonyx"})
final class OpenEvent extends Event {
  @Label("Model")
  String model = "";

  @Label("Engine")
  String engine = "";

  @Label("Threads")
  int threads;

  @Label("Nodes")
  int nodes;

  @Label("Weights")
  @DataAmount
  long weights;

  @Label("Failure")
  @Description("The code of the error; empty where it succeeded")
  String failure = "";
}
