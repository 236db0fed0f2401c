package dev.sardonyx.runtime.check;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.compare.Comparison;

/**
 * The first node at which the engines part.
 *
 * @param value the node's output that differs
 * @param accumulated the difference as it arrived there through all nodes before
 * @param isolated the difference of this node alone, fed with the reference's inputs
 */
public record Divergence(Node node, Value value, Comparison accumulated, Comparison isolated) {

  /** Whether the error was born at this node, rather than handed down to it. */
  public boolean bornHere() {
    return !isolated.passes();
  }

  /** For example {@code relu_3 (Relu, layer1.0), ResNet.java:41: born here, ...}. */
  @Override
  public String toString() {
    String module = node.origin().module();
    return node.name()
        + " ("
        + node.op().name()
        + (module.isEmpty() ? "" : ", " + module)
        + ")"
        + node.origin().source().map(line -> " at " + line).orElse("")
        + ": "
        + (bornHere() ? "the error is born here" : "the error is inherited")
        + "; relative L2 alone "
        + "%.2e".formatted(isolated.relativeL2())
        + ", accumulated "
        + "%.2e".formatted(accumulated.relativeL2())
        + isolated.difference().or(accumulated::difference).map(what -> "; " + what).orElse("");
  }
}
