package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.Feature;
import dev.sardonyx.runtime.machine.Processor;

/** How products of 8-bit numbers, one without and one with a sign, are summed; always exactly. */
enum ByteProducts {
  /** Four at once in vectors of 512 bits (AVX-512 VNNI). */
  LONG(14),
  /** The same in vectors of 256 bits (AVX-VNNI). */
  SHORT(6),
  /**
   * Two at once of 16 bits (AVX2): sums of products of bytes themselves saturate there, and none of
   * the numbers of 8 bits shall be excluded.
   */
  WORDS(4);

  private final int tallest;

  ByteProducts(int tallest) {
    this.tallest = tallest;
  }

  /** Rows of the tallest tile. */
  int tallest() {
    return tallest;
  }

  /** The fastest at a level on this processor. */
  static ByteProducts of(Processor.Level level) {
    Processor processor = Processor.current();
    if (level == Processor.Level.AVX512 && processor.has(Feature.AVX512_VNNI)) {
      return LONG;
    }
    return processor.has(Feature.AVX_VNNI) ? SHORT : WORDS;
  }
}
