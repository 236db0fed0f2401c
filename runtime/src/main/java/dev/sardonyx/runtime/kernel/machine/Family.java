package dev.sardonyx.runtime.kernel.machine;

/** Kernels of one kind that can be tried, piece of code by piece. */
interface Family {
  /** What they are, for people. */
  String name();

  /** How many numbers of pieces there are. */
  int size();

  /** Whether a number is one of a piece that is used. */
  boolean has(int number);

  /** What a piece is, for people. */
  String name(int number);

  /** How many problems there are for each piece; the first is what sessions try it with. */
  int variants();

  /**
   * Computes a small problem with a piece, and in plain loops: whether the results agree.
   *
   * @param memory where all that the piece reads and writes lies
   */
  boolean agrees(int number, TrialMemory memory, int variant);
}
