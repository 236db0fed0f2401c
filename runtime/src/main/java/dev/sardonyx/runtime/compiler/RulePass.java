package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.List;

/** Applies rules to all nodes, the first that fits to each, until none fits any more. */
record RulePass(String name, List<Rule> rules) implements Pass {
  /** Each round makes a graph smaller or simpler; no pattern is this deep. */
  private static final int MOST_ROUNDS = 100;

  RulePass {
    rules = List.copyOf(rules);
  }

  RulePass(String name, Rule... rules) {
    this(name, List.of(rules));
  }

  @Override
  public Graph apply(Graph graph) {
    Graph result = graph;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Cancellation.poll();
      Graph next = new Rewriting(result).run(rules);
      if (next == result) {
        break;
      }
      result = next;
    }
    return result;
  }
}
