package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The off-heap memory of one session: every block is checked against the budget before it is taken.
 * Thread-safe.
 */
public final class MemoryBudget {
  /** What to do about a budget that is too small, for messages. */
  public static final String MORE =
      "; SessionOptions.within, --memory or a larger heap (-Xmx) allows more";

  /** The start of every buffer: a cache line, and the widest vector. */
  static final long ALIGNMENT = 64;

  private final long allowed;
  private long taken;

  /** A budget of bytes. */
  public MemoryBudget(long allowed) {
    this.allowed = allowed;
  }

  /** A block of memory, given back on close. */
  public static final class Block implements AutoCloseable {
    private final MemoryBudget budget;
    private final Arena arena;
    private final MemorySegment segment;

    private Block(MemoryBudget budget, Arena arena, MemorySegment segment) {
      this.budget = budget;
      this.arena = arena;
      this.segment = segment;
    }

    /** The memory, aligned to 64 bytes. */
    public MemorySegment segment() {
      return segment;
    }

    @Override
    public void close() {
      arena.close();
      budget.release(segment.byteSize());
    }
  }

  /**
   * Takes a zeroed block.
   *
   * @param purpose what it is for, as the message of an error says it
   * @throws SardonyxException (LIMIT) when it exceeds the budget or what the machine gives
   */
  public Block take(String purpose, long bytes) {
    reserve(purpose, bytes);
    try {
      return Memory.take(bytes, () -> block(bytes), Block::close);
    } catch (
        OutOfMemoryError refused) { // the one allocation that may: off-heap, so nothing is lost
      throw new SardonyxException(
          ErrorCode.LIMIT,
          purpose
              + " need "
              + bytes
              + " bytes; the machine gives no more (-XX:MaxDirectMemorySize)",
          refused);
    }
  }

  /** A block of memory that is reserved, which ends with this where the machine gives none. */
  private Block block(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new Block(this, arena, arena.allocate(bytes, ALIGNMENT));
    } catch (OutOfMemoryError refused) {
      arena.close();
      release(bytes);
      throw refused;
    }
  }

  /** Checks that a block could be taken. Errors: LIMIT, as {@link #take}, but takes nothing. */
  public synchronized void require(String purpose, long bytes) {
    if (bytes > allowed - taken) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          purpose
              + " need "
              + bytes
              + " bytes; the memory budget is "
              + allowed
              + " bytes, of which "
              + taken
              + " are taken"
              + MORE);
    }
  }

  private synchronized void reserve(String purpose, long bytes) {
    require(purpose, bytes);
    taken += bytes;
  }

  private synchronized void release(long bytes) {
    taken -= bytes;
  }

  /** A size rounded up to where the next buffer may start. Errors: LIMIT beyond 64 bits. */
  static long aligned(long bytes) {
    return Sizes.add(bytes, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
