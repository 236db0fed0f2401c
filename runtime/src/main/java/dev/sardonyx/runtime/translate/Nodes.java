package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.graph.Node;

/** Nodes as messages show them. */
final class Nodes {
  private Nodes() {}

  /** For example {@code conv_3 (Conv, layer1.0) at Net.java:4}. */
  static String inWords(Node node) {
    String module = node.origin().module();
    return node.name()
        + " ("
        + node.op().name()
        + (module.isEmpty() ? "" : ", " + module)
        + ")"
        + node.origin().source().map(line -> " at " + line).orElse("");
  }
}
