package dev.sardonyx.runtime.vote;

/** Who is wrong where two engines part at a node. */
public enum Blame {
  /** The engine that is checked: it lies further from the node in float64 than it may. */
  ENGINE,
  /** The reference does. */
  REFERENCE,
  /** Both do. */
  BOTH,
  /** Neither does: a tie, or each is as near as its rounding lets it be. */
  NEITHER,
  /** Nobody computes this node in float64; the vote says why. */
  UNKNOWN
}
