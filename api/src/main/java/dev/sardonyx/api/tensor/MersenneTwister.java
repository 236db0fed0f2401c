package dev.sardonyx.api.tensor;

/**
 * The mt19937 generator with the seeding that PyTorch and numpy share. Source: Matsumoto and
 * Nishimura, "Mersenne Twister", 1998; torch ATen/core/MT19937RNGEngine.h.
 */
public final class MersenneTwister {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;

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
    int bits = state[next++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return bits ^ (bits >>> 18);
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

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int mixed = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7fffffff;
      int odd = (mixed & 1) == 0 ? 0 : 0x9908b0df;
      state[i] = state[(i + SHIFT) % SIZE] ^ (mixed >>> 1) ^ odd;
    }
    next = 0;
  }
}
