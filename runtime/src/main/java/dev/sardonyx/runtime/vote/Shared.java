package dev.sardonyx.runtime.vote;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What elements share with neighbours, such as the sum of a row: computed once while it is kept.
 */
final class Shared<T> {
  private static final int MOST = 1 << 14;

  private final int most;
  private final Map<Long, T> kept = new HashMap<>();
  private final LongFunction<T> make;
  private long lastKey;
  private @Nullable T last;

  Shared(LongFunction<T> make) {
    this(MOST, make);
  }

  /** Of which so many are kept at most. */
  Shared(int most, LongFunction<T> make) {
    this.most = most;
    this.make = make;
  }

  T get(long key) {
    T known = last;
    if (known == null || lastKey != key) {
      if (kept.size() >= most) {
        kept.clear();
      }
      known = kept.computeIfAbsent(key, make::apply);
      last = known;
      lastKey = key;
    }
    return known;
  }
}
