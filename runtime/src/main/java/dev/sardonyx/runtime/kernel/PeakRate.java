package dev.sardonyx.runtime.kernel;

import java.util.OptionalDouble;
import jdk.incubator.vector.FloatVector;

/** What a core can do at this moment. */
public final class PeakRate {
  private static final int CHAINS = 12;
  private static final int STEPS = 20_000;
  private static final int ROUNDS = 4_000;

  /** Enough where rounds are compiled; an interpreter would take minutes for all of them. */
  private static final long MOST_NANOS = 500_000_000;

  private PeakRate() {}

  /**
   * The rate of fused multiply-adds in registers alone, in operations per nanosecond, an addition
   * and a multiplication each; empty without the Vector API.
   */
  public static OptionalDouble measured() {
    return VectorModule.isThere() ? OptionalDouble.of(Chains.measured()) : OptionalDouble.empty();
  }

  /** Apart, so that the class loads without the module. */
  private static final class Chains {
    static double measured() {
      double best = 0;
      float sum = 0;
      long begin = System.nanoTime();
      for (int round = 0; round < ROUNDS && System.nanoTime() - begin < MOST_NANOS; round++) {
        long start = System.nanoTime();
        sum += run();
        double operations = 2.0 * STEPS * CHAINS * FloatVector.SPECIES_PREFERRED.length();
        best = Math.max(best, operations / (System.nanoTime() - start));
      }
      return Float.isNaN(sum) ? 0 : best;
    }

    private static float run() {
      FloatVector x = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 0.5f);
      FloatVector a = x;
      FloatVector b = x;
      FloatVector c = x;
      FloatVector d = x;
      FloatVector e = x;
      FloatVector f = x;
      FloatVector g = x;
      FloatVector h = x;
      FloatVector i = x;
      FloatVector j = x;
      FloatVector k = x;
      FloatVector l = x;
      for (int step = 0; step < STEPS; step++) {
        a = a.fma(x, x);
        b = b.fma(x, x);
        c = c.fma(x, x);
        d = d.fma(x, x);
        e = e.fma(x, x);
        f = f.fma(x, x);
        g = g.fma(x, x);
        h = h.fma(x, x);
        i = i.fma(x, x);
        j = j.fma(x, x);
        k = k.fma(x, x);
        l = l.fma(x, x);
      }
      FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
      return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }
  }
}
