package dev.sardonyx.runtime.machine.assembler;

/** When {@link Assembler#jump} jumps: comparisons with signs, but for below and above. */
public enum Condition {
  BELOW(2, "b"),
  NOT_BELOW(3, "ae"),
  ZERO(4, "e"),
  NOT_ZERO(5, "ne"),
  LESS(12, "l"),
  NOT_LESS(13, "ge"),
  NOT_GREATER(14, "le"),
  GREATER(15, "g");

  final int code;

  /** What stands behind the j of a jump. */
  final String suffix;

  Condition(int code, String suffix) {
    this.code = code;
    this.suffix = suffix;
  }
}
