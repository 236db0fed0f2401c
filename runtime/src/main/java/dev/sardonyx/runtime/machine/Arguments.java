package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls machine code: the one place where addresses are made, and where it is checked that what
 * code will touch lies in memory. Arguments are given in the order in which code counts them; each
 * takes eight bytes of a block. One thread at a time.
 *
 * <p>Memory is off-heap: a call of some milliseconds shall not keep the garbage collector waiting.
 * Segments are referred to until the call is over, so that the collector frees none of them;
 * whoever calls closes no arena of theirs meanwhile.
 */
public final class Arguments {
  /** The most arguments of a call. */
  private static final int MOST = 64;

  private static final int ALIGNMENT = 64;

  private final MemorySegment block = Arena.ofAuto().allocate((long) MOST * Long.BYTES, ALIGNMENT);
  private final @Nullable MemorySegment[] kept = new MemorySegment[MOST];
  private int count;

  /** Begins with the first argument. */
  public Arguments begin() {
    count = 0;
    return this;
  }

  /**
   * Memory that code reads.
   *
   * @param offset where it begins in the segment, in bytes; so is the size
   * @throws IndexOutOfBoundsException if it does not lie in the segment
   * @throws IllegalArgumentException if the segment is on the heap
   */
  public Arguments reads(MemorySegment segment, long offset, long bytes) {
    return number(address(segment, offset, bytes));
  }

  /**
   * Memory that code writes, and may read.
   *
   * @param offset where it begins in the segment, in bytes; so is the size
   * @throws IndexOutOfBoundsException if it does not lie in the segment
   * @throws IllegalArgumentException if the segment is on the heap or read-only
   */
  public Arguments writes(MemorySegment segment, long offset, long bytes) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException("what code writes is read-only");
    }
    return number(address(segment, offset, bytes));
  }

  /** Nothing, where code would take memory. */
  public Arguments nothing() {
    return number(0);
  }

  /** A whole number. */
  public Arguments number(long value) {
    block.setAtIndex(JAVA_LONG, count++, value);
    return this;
  }

  /** A float, in the low half. */
  public Arguments number(float value) {
    return number(Float.floatToRawIntBits(value) & 0xFFFF_FFFFL);
  }

  /** Calls code with what was given since {@link #begin}. */
  public void call(MachineCode code) {
    try {
      Outside.enter(code.entry(), block);
    } finally {
      Arrays.fill(kept, 0, count, null);
    }
  }

  private long address(MemorySegment segment, long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, segment.byteSize());
    if (!segment.isNative() || !segment.scope().isAlive()) {
      throw new IllegalArgumentException("machine code takes memory that lives off the heap");
    }
    kept[count] = segment;
    return segment.address() + offset;
  }
}
