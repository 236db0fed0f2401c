package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;

/**
 * One rewriting of a graph, pure and with the same meaning: same inputs, same outputs by name and
 * value (up to rounding). A value that is a graph output is never taken away. Types of values that
 * a pass makes may be those of the values that they replace.
 */
public interface Pass {

  /** A name for people, such as {@code fold-constants}. */
  String name();

  /** The rewritten graph; the given one where there is nothing to do. */
  Graph apply(Graph graph);
}
