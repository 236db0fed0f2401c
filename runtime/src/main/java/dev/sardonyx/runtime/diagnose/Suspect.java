package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.vote.Vote;
import java.util.List;

/**
 * The node that a diagnosis points at, looked at closely.
 *
 * @param output the output of it that differs most
 * @param worst a few elements, those that differ most first
 * @param errors of the engine's elements from the reference's, the node alone
 * @param engine the engine's elements
 * @param reference the reference's elements, over the same bins
 * @param evidence the node's inputs and outputs, to run it again
 */
public record Suspect(
    Charge charge,
    NodeFinding finding,
    OutputFinding output,
    List<Element> worst,
    Histogram errors,
    Histogram engine,
    Histogram reference,
    Vote vote,
    Evidence evidence) {

  /** What a node is suspected of. */
  public enum Charge {
    /** The first whose own error is larger than its operator's may be: it is born here. */
    FAULT,
    /** The first where what is off arrives; each node by itself is as exact as it has to be. */
    GROWN,
    /** Where the engines choose between equals, and go on from there with different ones. */
    TIE,
    /** Nothing is wrong; this is the node that errs most for what it may. */
    WORST
  }

  public Suspect {
    worst = List.copyOf(worst);
  }

  /** Whether something is wrong here, rather than only the nearest to it. */
  public boolean isDivergence() {
    return charge != Charge.WORST;
  }

  /**
   * For example {@code relu_3 (Relu, layer1.0) at ResNet.java:41: the error is born here; ...; ort
   * is wrong}.
   */
  @Override
  public String toString() {
    Node node = finding.node();
    String module = node.origin().module();
    return node.name()
        + " ("
        + node.op().name()
        + (module.isEmpty() ? "" : ", " + module)
        + ")"
        + node.origin().source().map(line -> " at " + line).orElse("")
        + ": "
        + words()
        + "; relative L2 alone "
        + "%.2e".formatted(output.isolated().relativeL2())
        + ", accumulated "
        + "%.2e".formatted(output.accumulated().relativeL2())
        + output
            .isolated()
            .difference()
            .or(output.accumulated()::difference)
            .map(what -> "; " + what)
            .orElse("")
        + (vote.reason().isEmpty() ? "" : "; " + vote.reason());
  }

  /** What the charge means, in words. */
  String words() {
    return switch (charge) {
      case FAULT -> "the error is born here";
      case GROWN -> "the error is inherited";
      case TIE -> "the engines choose between equals here";
      case WORST -> "nothing is wrong; this node errs most";
    };
  }
}
