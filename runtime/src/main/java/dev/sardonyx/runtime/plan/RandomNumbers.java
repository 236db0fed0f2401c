package dev.sardonyx.runtime.plan;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Random numbers that are the same on every machine for one seed. Source: SplitMix64 (Steele, Lea,
 * Flood 2014); normal numbers after Box and Muller.
 */
public final class RandomNumbers {
  private static final ScopedValue<RandomNumbers> SEEDS = ScopedValue.newInstance();
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private long state;

  private RandomNumbers(long seed) {
    state = seed;
  }

  /**
   * Runs on one thread so that operators without a seed draw the same numbers whenever this is done
   * with the same seed.
   */
  public static <T> T within(long seed, Supplier<T> run) {
    return ScopedValue.where(SEEDS, new RandomNumbers(seed)).call(run::get);
  }

  /** Numbers from a seed, or others each time. */
  static RandomNumbers of(Optional<Float> seed) {
    return new RandomNumbers(
        seed.map(value -> (long) Float.floatToIntBits(value)).orElseGet(RandomNumbers::anySeed));
  }

  private static long anySeed() {
    return SEEDS.isBound() ? SEEDS.get().next() : ThreadLocalRandom.current().nextLong();
  }

  private long next() {
    state += GAMMA;
    long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** A number in [0, 1). */
  double uniform() {
    return (next() >>> 11) * TWO_TO_MINUS_53;
  }

  /** A number of mean 0 and deviation 1. */
  double normal() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }
}
