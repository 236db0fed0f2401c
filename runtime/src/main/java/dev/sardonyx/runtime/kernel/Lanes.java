package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Loads and stores of whole and partial vectors, by element index. */
final class Lanes {

  /** The widest vectors of this machine. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int COUNT = SPECIES.length();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Lanes() {}

  static FloatVector load(MemorySegment from, long index) {
    return FloatVector.fromMemorySegment(SPECIES, from, index * Float.BYTES, ORDER);
  }

  /** Lanes outside the mask are zero and not read. */
  static FloatVector load(MemorySegment from, long index, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(SPECIES, from, index * Float.BYTES, ORDER, mask);
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
}
