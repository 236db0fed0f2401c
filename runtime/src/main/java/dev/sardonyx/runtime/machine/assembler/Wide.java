package dev.sardonyx.runtime.machine.assembler;

/** The bit W of a vector instruction. */
enum Wide {
  ZERO,
  ONE,
  /** Set with EVEX; ignored, and left out, without. */
  ONE_IN_EVEX
}
