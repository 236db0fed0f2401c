package dev.sardonyx.runtime.profile;

import dev.sardonyx.runtime.plan.StepClock;
import java.util.OptionalDouble;

/**
 * A step's time against what this machine can do.
 *
 * @param entry its time
 * @param peak the operations a nanosecond of all threads, in registers alone; empty where they are
 *     not known
 * @param copyRate the bytes a nanosecond that a copy of as many bytes moves
 */
public record StepTime(StepClock.Entry entry, OptionalDouble peak, double copyRate) {

  /** What a step cannot be faster than. */
  public enum Bound {
    /** The multiplications and additions that a step has to do. */
    COMPUTE,
    /** The bytes that it has to read and write. */
    MEMORY;

    /** For people. */
    public String word() {
      return this == COMPUTE ? "compute" : "memory";
    }
  }

  /** Its time. */
  public double millis() {
    return entry.nanos() / 1e6;
  }

  /** Whether it multiplies, so that it has a rate. */
  public boolean isCounted() {
    return entry.label().operations() > 0;
  }

  /** Operations a nanosecond: GFLOP/s. */
  public double rate() {
    return (double) entry.label().operations() / nanos();
  }

  /** Bytes read and written a nanosecond: GB/s. */
  public double bytesRate() {
    return (double) entry.label().bytes() / nanos();
  }

  /** The share of the peak, which less work than the definition's may exceed; NaN if not known. */
  public double shareOfPeak() {
    return rate() / peak.orElse(Double.NaN);
  }

  /** Which of the two takes longer at the machine's best. */
  public Bound bound() {
    return computeNanos() > memoryNanos() ? Bound.COMPUTE : Bound.MEMORY;
  }

  /** The time at the machine's best over the time taken: 1 is as fast as can be. */
  public double shareOfBound() {
    return Math.max(computeNanos(), memoryNanos()) / nanos();
  }

  private double computeNanos() {
    return peak.isPresent() ? entry.label().operations() / peak.getAsDouble() : 0;
  }

  private double memoryNanos() {
    return entry.label().bytes() / copyRate;
  }

  /** The operator of its node. */
  public String operator() {
    return entry.label().operator().split(" ", 2)[0];
  }

  private long nanos() {
    return Math.max(1, entry.nanos());
  }
}
