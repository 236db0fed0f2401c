package dev.sardonyx.runtime.kernel;

/**
 * Who computes next, a form in lanes or its twin ({@link TwinCurves}): the form in lanes takes a
 * thousand times as long until C2 has compiled it, and C2 compiles what runs often. So the twin has
 * a start alone, then each has half of the time until the form in lanes was fast some times in a
 * row. Threads may share one and miss each other's counts: the results have the same bits anyway.
 */
final class WarmUp {

  /** What the twin has alone: loading the classes of the form in lanes takes as long. */
  private static final long START = 5_000_000; // nanoseconds

  /** Compiled a vector takes some 20 ns, and not compiled 3 to 100 us. */
  private static final long FAST = 1_000; // nanoseconds

  /** So many fast turns, of curves each twice as long as the last, and C2 has done its work. */
  private static final int ENOUGH = 10;

  /**
   * What part of all time the form in lanes has besides: a curve that is seldom met would need
   * hours.
   */
  private static final int SHARE = 32;

  /** By how many nanoseconds the form in lanes took longer so far. */
  private long ahead;

  /** When the last turn began, 0 before the first. */
  private long last;

  /** How many turns in a row it was fast. */
  private int fast;

  private WarmUp(long ahead, int fast) {
    this.ahead = ahead;
    this.fast = fast;
  }

  /** From the beginning. */
  static WarmUp begin() {
    return new WarmUp(START, 0);
  }

  /** The form in lanes alone. */
  static WarmUp done() {
    return new WarmUp(0, ENOUGH);
  }

  /** The twin alone. */
  static WarmUp never() {
    return new WarmUp(Long.MAX_VALUE, 0);
  }

  /** From here on the form in lanes does everything, and nobody measures. */
  boolean isOver() {
    return fast >= ENOUGH;
  }

  /**
   * Whether it is the turn of the form in lanes.
   *
   * @param now of the clock in nanoseconds
   */
  boolean isVectorsTurn(long now) {
    if (ahead > 0 && last != 0) {
      ahead = Math.max(0, ahead - (now - last) / SHARE);
    }
    last = now;
    return ahead <= 0;
  }

  /**
   * How many vectors to try the form in lanes with: sixteen, then more as it proves fast. C2 counts
   * calls and rounds of loops together, and wants 15,000; and it made Gelu slower by a tenth from
   * loops that it had seen go round but once.
   */
  int vectors() {
    return 16 << fast;
  }

  /** Tells that the form in lanes took so long for so many vectors. */
  void vectorTook(long nanos, long vectors) {
    ahead += nanos;
    fast = nanos < FAST * vectors ? Math.min(ENOUGH, fast + 1) : 0;
  }

  /** Tells that the twin took so long. */
  void twinTook(long nanos) {
    ahead -= nanos;
  }
}
