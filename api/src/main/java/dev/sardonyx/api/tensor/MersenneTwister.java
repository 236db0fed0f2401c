package dev.sardonyx.api.tensor;

/**
 * The mt19937 generator with the seeding that PyTorch and numpy share. Source: Matsumoto and
 * Nishimura, "Mersenne Twister", 1998; torch ATen/core/MT19937RNGEngine.h.
 */
public final class MersenneTwister {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;
  private static final float TWO_TO_MINUS_24 = 0x1p-24f;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /** Only the low 32 bits of the seed count, as in PyTorch. */
  public MersenneTwister(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** 32 random bits. */
  int nextInt() {
    if (next == SIZE) {
      twist();
    }
    return tempered(state[next++]);
  }

  /** 64 random bits: the first draw above the second, as in torch CPUGeneratorImpl.random64. */
  long nextLong() {
    long high = nextInt();
    return high << 32 | nextInt() & 0xFFFF_FFFFL;
  }

  /** A number within [0, 1) of 53 random bits, as numpy.random.random_sample draws it. */
  public double nextDouble() {
    long high = nextInt() >>> 5;
    return (high << 26 | nextInt() >>> 6) * 0x1p-53;
  }

  /** Numbers within [0, 1) of 24 random bits each, as nextInt draws them, so many from index 0. */
  void units(float[] to, int count) {
    for (int done = 0; done < count; ) {
      if (next == SIZE) {
        twist();
      }
      // Models are made before anything is compiled: few calls, and loops that compile soon.
      int some = Math.min(count - done, SIZE - next);
      for (int i = 0; i < some; i++) {
        to[done + i] = (tempered(state[next + i]) & 0xFFFFFF) * TWO_TO_MINUS_24;
      }
      next += some;
      done += some;
    }
  }

  private static int tempered(int word) {
    int bits = word ^ word >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return bits ^ (bits >>> 18);
  }

  private void twist() {
    twist(0, SIZE - SHIFT, SHIFT);
    twist(SIZE - SHIFT, SIZE - 1, SHIFT - SIZE);
    state[SIZE - 1] = state[SHIFT - 1] ^ mixed(state[SIZE - 1], state[0]);
    next = 0;
  }

  private void twist(int from, int to, int shift) {
    for (int i = from; i < to; i++) {
      state[i] = state[i + shift] ^ mixed(state[i], state[i + 1]);
    }
  }

  private static int mixed(int high, int low) {
    int both = high & 0x80000000 | low & 0x7fffffff;
    return both >>> 1 ^ -(both & 1) & 0x9908b0df;
  }
}
