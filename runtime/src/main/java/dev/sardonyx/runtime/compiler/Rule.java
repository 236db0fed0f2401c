package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.Optional;

/** A pattern that ends in a node, and what may stand in its place. */
@FunctionalInterface
interface Rule {

  /**
   * The value that equals the node's first output, made by {@link Rewriting#add} or there already;
   * empty where the pattern is not there, and then nothing may have been added. Asked only of nodes
   * with one output.
   */
  Optional<Value> rewrite(Node node, Rewriting graph);
}
