package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Evaluator;
import java.util.List;

/** A list of passes, applied one after the other. */
public record Compiler(List<Pass> passes) {
  public Compiler {
    passes = List.copyOf(passes);
  }

  /**
   * What sessions use. The order matters: identities go first because they hide a convolution from
   * the normalisation that follows it; constants are folded next so that branches and
   * normalisations see theirs; what nothing needs any more goes last.
   */
  public static Compiler standard(Evaluator evaluator) {
    return new Compiler(
        List.of(
            new DropIdentities(),
            new FoldConstants(evaluator),
            new InlineBranches(),
            new FoldNormalizations(),
            new RemoveDead()));
  }

  /** No passes: the graph runs as it is written. */
  public static Compiler none() {
    return new Compiler(List.of());
  }

  /** The graph after all passes. */
  public Graph compile(Graph graph) {
    Graph result = graph;
    for (Pass pass : passes) {
      result = pass.apply(result);
    }
    return result;
  }
}
