package dev.sardonyx.runtime.machine.assembler;

/** When {@link Assembler#jump} jumps: comparisons with signs, but for below and above. */
public enum Condition {
  BELOW(2),
  NOT_BELOW(3),
  ZERO(4),
  NOT_ZERO(5),
  LESS(12),
  NOT_LESS(13),
  NOT_GREATER(14),
  GREATER(15);

  final int code;

  Condition(int code) {
    this.code = code;
  }
}
