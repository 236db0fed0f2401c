package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.translate.FusionBisection;
import dev.sardonyx.runtime.translate.FusionFinding;
import dev.sardonyx.runtime.translate.Judging;
import dev.sardonyx.runtime.translate.PassFinding;
import dev.sardonyx.runtime.translate.PassValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What in the optimising of an engine makes a check fail: a pass of the native engine's, be it one
 * that spoils a node by itself; and where every node agrees, what an engine computes together.
 */
final class OptimisingFaults {
  private OptimisingFaults() {}

  /**
   * A line for each engine in which something was found.
   *
   * @param nodesAgree whether every node by itself does
   */
  static List<String> of(
      Graph graph,
      List<Engine> engines,
      Map<String, Data> inputs,
      Judging judging,
      boolean nodesAgree) {
    List<String> lines = new ArrayList<>();
    for (Engine engine : engines) {
      try {
        wrongPass(engine, graph, inputs, judging)
            .or(() -> nodesAgree ? fused(engine, graph, inputs, judging) : Optional.empty())
            .ifPresent(lines::add);
      } catch (SardonyxException error) { // it has run the graph before, but not in parts
        lines.add("engine " + engine.name() + " does not run parts of it: " + error.reason());
      }
    }
    return lines;
  }

  private static Optional<String> wrongPass(
      Engine engine, Graph graph, Map<String, Data> inputs, Judging judging) {
    return bare(engine) instanceof NativeEngine compiling
        ? PassValidation.firstWrong(graph, compiling.compiler(), inputs, judging)
            .map(PassFinding::toString)
        : Optional.empty();
  }

  private static Optional<String> fused(
      Engine engine, Graph graph, Map<String, Data> inputs, Judging judging) {
    return FusionBisection.run(engine, graph, inputs, judging).map(FusionFinding::toString);
  }

  private static Engine bare(Engine engine) {
    return engine instanceof EngineWithOptions(Engine inner, var _) ? bare(inner) : engine;
  }
}
