package dev.sardonyx.runtime.kernel;

/** A function of two floats, applied element by element. */
public enum BinaryFunction {
  /** a + b. */
  ADD,
  /** a - b. */
  SUB,
  /** a * b. */
  MUL,
  /** a / b, IEEE 754: division by zero gives an infinity or NaN. */
  DIV,
  /** a for a &gt;= 0, a * b below: PRelu with slope b. */
  PRELU
}
