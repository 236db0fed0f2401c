package dev.sardonyx.api.op;

/** How closely two right implementations of an operator must agree. */
public enum Precision {
  /** To the bit: nothing is rounded, or once and in the one way of IEEE 754. */
  EXACT,
  /** Within rounding: the order of additions or the form of a function is free. */
  ROUNDED,
  /** Not at all: the operator draws random numbers. */
  RANDOM
}
