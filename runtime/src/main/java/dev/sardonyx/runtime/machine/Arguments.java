package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls machine code: the one place where addresses are made, and where it is checked that what
 * code will touch lies in memory. Arguments are given in the order in which code counts them; each
 * takes eight bytes of a block. What was checked here may be recorded, to be called again from a
 * {@link CallList}. One thread at a time.
 *
 * <p>Memory is off-heap: a call of some milliseconds shall not keep the garbage collector waiting.
 * Segments are referred to until the call is over, so that the collector frees none of them;
 * whoever calls closes no arena of theirs meanwhile.
 */
public final class Arguments {
  /** The most arguments of a call. */
  static final int MOST = 64;

  private static final int ALIGNMENT = 64;

  private final MemorySegment block = Arena.ofAuto().allocate((long) MOST * Long.BYTES, ALIGNMENT);
  private final @Nullable MemorySegment[] kept = new MemorySegment[MOST];
  private int count;
  private final long[] lists = new long[MOST];
  private @Nullable Recording recording;
  private @Nullable Consumer<Object> listener;

  /** Begins with the first argument. */
  public Arguments begin() {
    count = 0;
    if (recording != null) {
      Arrays.fill(lists, 0);
    }
    return this;
  }

  /** Adds the calls from now on to a recording, or to none. */
  public void record(@Nullable Recording to) {
    Arrays.fill(kept, null); // those of a call that was not made
    recording = to;
  }

  /** Shows the code of calls from now on to somebody, and what is done without; or to nobody. */
  public void tell(@Nullable Consumer<Object> other) {
    listener = other;
  }

  /** Tells of code that is called by other code. */
  void called(List<MachineCode> codes) {
    if (listener != null) {
      codes.forEach(listener);
    }
  }

  /** Whether there is a recording. */
  public boolean isRecording() {
    return recording != null;
  }

  /**
   * Tells a recording that something is done without calls, or with what memory holds now.
   *
   * @param by what does it, as text
   */
  public void miss(Object by) {
    if (listener != null) {
      listener.accept(by);
    }
    miss();
  }

  /** Tells a recording that something is done with what memory holds now. */
  public void miss() {
    if (recording != null) {
      recording.miss();
    }
  }

  /**
   * Longs that Java wrote for this call, which code reads. Whoever makes recorded calls again finds
   * them as they are now.
   *
   * @param offset where they begin in the segment, in bytes; so is the size
   * @throws IndexOutOfBoundsException if they do not lie in the segment
   * @throws IllegalArgumentException if the segment is on the heap
   */
  public Arguments list(MemorySegment segment, long offset, long bytes) {
    lists[count] = bytes;
    return reads(segment, offset, bytes);
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
      if (listener != null) {
        listener.accept(code);
      }
      Recording to = recording;
      if (to == null) {
        Outside.enter(code.entry(), block);
      } else {
        to.add(code, block, count, kept, lists);
        long start = System.nanoTime();
        Outside.enter(code.entry(), block);
        to.took(System.nanoTime() - start);
      }
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
