package dev.sardonyx.runtime.machine;

/**
 * The sizes of a processor's caches for data in bytes, 0 where unknown.
 *
 * @param l3 as large as the cores that share it see it
 */
public record Caches(long l1, long l2, long l3) {
  private static final int INTEL = 4;
  private static final int AMD = 0x8000_001D;
  private static final int MOST = 16;
  private static final int INSTRUCTIONS = 2;

  /** Both vendors describe a cache alike, each part of a leaf one, until one has no type. */
  static Caches of(Questions questions, String vendor) {
    int leaf = vendor.equals("AuthenticAMD") || vendor.equals("HygonGenuine") ? AMD : INTEL;
    long[] sizes = new long[8];
    for (int part = 0; part < MOST; part++) {
      Questions.Answer cache = questions.cpuid(leaf, part);
      int type = cache.a() & 31;
      if (type == 0) {
        break;
      }
      if (type != INSTRUCTIONS) {
        sizes[cache.a() >> 5 & 7] = size(cache);
      }
    }
    return new Caches(sizes[1], sizes[2], sizes[3]);
  }

  /** Ways, partitions, bytes of a line, and sets. */
  private static long size(Questions.Answer cache) {
    long ways = (cache.b() >>> 22) + 1;
    long partitions = (cache.b() >>> 12 & 0x3FF) + 1;
    long line = (cache.b() & 0xFFF) + 1;
    return ways * partitions * line * (Integer.toUnsignedLong(cache.c()) + 1);
  }

  @Override
  public String toString() {
    return "L1d %,d KiB, L2 %,d KiB, L3 %,d KiB".formatted(l1 >> 10, l2 >> 10, l3 >> 10);
  }
}
