package dev.sardonyx.runtime.vote;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What was computed last, so that neighbours which share it compute it once. */
final class Latest<T> {
  private long key;
  private @Nullable T value;

  /** The value for a key: the last one where that was asked for, else made anew. */
  T get(long wanted, LongFunction<T> make) {
    T known = value;
    if (known == null || key != wanted) {
      known = make.apply(wanted);
      value = known;
      key = wanted;
    }
    return known;
  }
}
