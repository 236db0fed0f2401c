package dev.sardonyx.runtime.diagnose;

import java.util.List;

/**
 * The node that a diagnosis points at, looked at closely.
 *
 * @param output the output of it that differs most
 * @param worst a few elements, those that differ most first
 * @param errors of the engine's elements from the reference's, the node alone
 * @param engine the engine's elements
 * @param reference the reference's elements, over the same bins
 */
public record Suspect(
    Charge charge,
    NodeFinding finding,
    OutputFinding output,
    List<Element> worst,
    Histogram errors,
    Histogram engine,
    Histogram reference,
    Vote vote) {

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
}
