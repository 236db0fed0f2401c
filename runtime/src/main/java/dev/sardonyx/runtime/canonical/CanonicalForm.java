package dev.sardonyx.runtime.canonical;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.compiler.Pass;
import dev.sardonyx.runtime.compiler.ShapeFixing;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One form for graphs that say the same in other words: shapes fixed, then rewritten by passes. */
public final class CanonicalForm {
  /** Passes make room for one another; no graph needs this many rounds. */
  private static final int MOST_ROUNDS = 10;

  private final NativeEvaluator evaluator = new NativeEvaluator();
  private final Set<String> applied = new LinkedHashSet<>();

  /** The passes that have changed a graph so far. */
  public Set<String> applied() {
    return Set.copyOf(applied);
  }

  /** The form of a graph for inputs of these types. Errors: what an operator reports on them. */
  public Graph of(Graph graph, List<ValueType> inputs) {
    Graph result = new ShapeFixing(evaluator).fix(graph, inputs);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Graph before = result;
      for (Pass pass : Compiler.canonical(evaluator).passes()) {
        Graph next = pass.apply(result);
        if (next != result) {
          applied.add(pass.name());
        }
        result = next;
      }
      if (result.nodes().equals(before.nodes())) {
        return result;
      }
    }
    return result;
  }
}
