package dev.sardonyx.runtime.kernel;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work on much memory at once, done so that a run can be ended meanwhile. */
public final class Memory {
  /** What is copied or filled in about a millisecond. */
  private static final long PIECE = 4 << 20;

  /** Zeroing less takes a few milliseconds; a thread of its own would cost more than it is for. */
  public static final long LARGE = 16 << 20;

  private static final long PATIENCE_MILLIS = 10;

  private Memory() {}

  /** Copies bytes. Errors: INTERRUPTED, LIMIT. */
  public static void copy(
      MemorySegment from, long fromAt, MemorySegment to, long toAt, long bytes) {
    for (long at = 0; at < bytes; at += PIECE) {
      if (bytes > PIECE) {
        Cancellation.poll();
      }
      MemorySegment.copy(from, fromAt + at, to, toAt + at, Math.min(PIECE, bytes - at));
    }
  }

  /** Copies a whole segment to the begin of another. Errors: INTERRUPTED, LIMIT. */
  public static void copy(MemorySegment from, MemorySegment to) {
    copy(from, 0, to, 0, from.byteSize());
  }

  /** Sets every byte to one value. Errors: INTERRUPTED, LIMIT. */
  public static void fill(MemorySegment segment, byte value) {
    long bytes = segment.byteSize();
    for (long at = 0; at < bytes; at += PIECE) {
      if (bytes > PIECE) {
        Cancellation.poll();
      }
      segment.asSlice(at, Math.min(PIECE, bytes - at)).fill(value);
    }
  }

  /** Zeroed memory for a tensor. Errors: INTERRUPTED, LIMIT. */
  public static MemorySegment allocate(TensorType type) {
    long bytes = type.dtype().bytes(type.shape().elements().fixed());
    return bytes < LARGE // most is: it shall not cost objects of its own
        ? DenseTensor.allocate(type.dtype(), type.shape())
        : take(bytes, () -> DenseTensor.allocate(type.dtype(), type.shape()), _ -> {});
  }

  /**
   * Takes memory. Java zeroes it in one go, gigabytes in seconds; so much memory is taken by
   * another thread, for which this one waits as long as the run may go on.
   *
   * @param bytes how much it is
   * @param undo gives back what comes when nobody waits for it any more
   * @throws SardonyxException (INTERRUPTED, LIMIT) when the run ends; what taking it throws
   */
  public static <T> T take(long bytes, Supplier<T> taking, Consumer<T> undo) {
    if (bytes < LARGE) {
      return taking.get();
    }
    Cancellation.poll();
    CompletableFuture<T> taken =
        CompletableFuture.supplyAsync(
            taking, work -> Thread.ofPlatform().daemon().name("sardonyx-memory").start(work));
    try {
      return await(taken);
    } catch (SardonyxException ended) {
      var _ = taken.thenAccept(undo);
      throw ended;
    }
  }

  private static <T> T await(CompletableFuture<T> taken) {
    while (true) {
      try {
        return taken.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        Cancellation.poll();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        Cancellation.poll();
      } catch (ExecutionException | CompletionException failed) {
        switch (failed.getCause()) {
          case SardonyxException refused -> throw refused;
          case OutOfMemoryError refused -> throw refused;
          case null, default -> throw new IllegalStateException(failed);
        }
      }
    }
  }
}
