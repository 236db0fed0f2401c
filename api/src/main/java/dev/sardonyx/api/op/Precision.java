package dev.sardonyx.api.op;

/** How closely two right implementations of an operator must agree. */
public enum Precision {
  /** To the bit: nothing is rounded, or once and in the one way of IEEE 754. */
  EXACT,
  /** Within rounding: the order of additions or the form of a function is free. */
  ROUNDED,
  /**
   * Within the rounding of transforms, by some 1e-5 of the largest result: products of convolutions
   * may be computed from sums and differences of their operands (Winograd).
   */
  TRANSFORMED,
  /** Not at all: the operator draws random numbers. */
  RANDOM
}
