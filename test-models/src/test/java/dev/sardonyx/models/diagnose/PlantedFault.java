package dev.sardonyx.models.diagnose;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.diagnose.Suspect.Charge;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.vote.Blame;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A fault and what a diagnosis has to say of it.
 *
 * @param name what is wrong, in words
 * @param inputs those that show it; none for random ones
 * @param engine the one that is checked
 * @param node where it is born
 */
record PlantedFault(
    String name,
    Graph graph,
    Map<String, Data> inputs,
    Engine engine,
    Engine reference,
    String node,
    Charge charge,
    Blame blame) {

  /** Of the native engine, which reads a graph of its own. */
  static PlantedFault ours(
      String name, Graph graph, Map<String, Data> inputs, UnaryOperator<Graph> fault, String node) {
    Engine faulty = new FaultyEngine(new NativeEngine(), fault);
    return new PlantedFault(name, graph, inputs, faulty, ort(), node, Charge.FAULT, Blame.ENGINE);
  }

  /** Of the native engine's kernels. */
  static PlantedFault ofKernels(
      String name, Graph graph, Map<String, Data> inputs, Kernels broken, String node) {
    return new PlantedFault(
        name, graph, inputs, new NativeEngine(broken), ort(), node, Charge.FAULT, Blame.ENGINE);
  }

  static Engine ort() {
    return Sardonyx.engine("ort");
  }

  /** The same, with another charge and blame. */
  PlantedFault but(Charge other, Blame whose) {
    return new PlantedFault(name, graph, inputs, engine, reference, node, other, whose);
  }

  @Override
  public String toString() {
    return name + ": " + charge + " at " + node + ", blame " + blame;
  }
}
