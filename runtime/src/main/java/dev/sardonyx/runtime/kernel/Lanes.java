package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loads and stores of whole and partial vectors, by element index, for loops. What a method does
 * seldom, as the rest of a run, has to call the Vector API itself: C2 does not inline these there,
 * and then boxes the vectors.
 */
final class Lanes {

  /** The widest vectors of this machine. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int COUNT = SPECIES.length();

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);

  static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);

  static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);

  static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  /** A thread that owns no memory. */
  private static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

  private Lanes() {}

  static FloatVector load(MemorySegment from, long index) {
    return FloatVector.fromMemorySegment(SPECIES, from, index * Float.BYTES, ORDER);
  }

  /** Lanes outside the mask are zero and not read. */
  static FloatVector load(MemorySegment from, long index, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(SPECIES, from, index * Float.BYTES, ORDER, mask);
  }

  /**
   * Loads from element i behind a base in bytes. In a loop over {@link #whole} vectors C2 moves all
   * checks of this form out of it, which takes half of the time and less.
   */
  static FloatVector load(MemorySegment from, long base, int i) {
    return FloatVector.fromMemorySegment(SPECIES, from, base + (long) i * Float.BYTES, ORDER);
  }

  /** Loads likewise; lanes outside the mask are zero and not read. */
  static FloatVector load(MemorySegment from, long base, int i, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(SPECIES, from, base + (long) i * Float.BYTES, ORDER, mask);
  }

  /** Stores likewise. */
  static void store(FloatVector vector, MemorySegment to, long base, int i) {
    vector.intoMemorySegment(to, base + (long) i * Float.BYTES, ORDER);
  }

  /** Where an element begins, for a loop; {@link #know} comes with it. */
  static long bytes(MemorySegment segment, long index) {
    know(segment);
    return index * Float.BYTES;
  }

  /**
   * Tells C2 about a segment that a loop is going to read. Asking for what segments override tells
   * its class: until C2 has compiled them, reinterpreted vectors go through segments on the heap,
   * and then every load and store in this JVM that does not know better expects both, which makes a
   * sum of two rows four times as slow. Asking whether another thread may read it tells that it
   * belongs to none: once anybody in this JVM has read memory of a confined arena, every loop that
   * does not know better is there twice, with an owner and without, and BERT takes a third longer.
   */
  static void know(MemorySegment segment) {
    var _ = segment.isNative();
    var _ = segment.isAccessibleBy(NOBODY);
  }

  /** The elements in whole vectors, of n. */
  static int whole(int n) {
    return n & -COUNT;
  }

  static void store(FloatVector vector, MemorySegment to, long index) {
    vector.intoMemorySegment(to, index * Float.BYTES, ORDER);
  }

  static void store(FloatVector vector, MemorySegment to, long index, VectorMask<Float> mask) {
    vector.intoMemorySegment(to, index * Float.BYTES, ORDER, mask);
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** The first {@code count} lanes; all of them where count is larger. */
  static VectorMask<Float> first(int count) {
    return SPECIES.indexInRange(0, count);
  }

  /**
   * The sum of all lanes by halves. Not {@code reduceLanes}, whose order is its own affair: C2's is
   * another than the interpreter's, and so are the last bits.
   */
  static float sum(FloatVector v) {
    FloatVector s = v;
    if (COUNT > 16) { // vectors of 1024 and 2048 bits: in order
      float sum = 0;
      for (int i = 0; i < COUNT; i++) {
        sum += s.lane(i);
      }
      return sum;
    }
    if (COUNT > 8) {
      s = s.add(s.rearrange(BY_8));
    }
    if (COUNT > 4) {
      s = s.add(s.rearrange(BY_4));
    }
    s = s.add(s.rearrange(BY_2));
    return s.add(s.rearrange(BY_1)).lane(0);
  }

  /** The same of an array that stands for a vector; it is overwritten. */
  static float sum(float[] v) {
    if (COUNT > 16) {
      float sum = 0;
      for (float lane : v) {
        sum += lane;
      }
      return sum;
    }
    for (int half = COUNT / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        v[i] += v[i + half];
      }
    }
    return v[0];
  }
}
