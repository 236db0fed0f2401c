package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/**
 * Memory for the many small values of loops: taken from the machine a page at a time, because each
 * piece that is taken alone costs a microsecond and work for the collector. A page is given back
 * with the last value on it. Not thread-safe.
 */
final class SmallMemory {
  private static final long PAGE = 32 << 10;
  private static final long SMALL = 512;
  private static final long ALIGNMENT = 64;

  private MemorySegment page = MemorySegment.NULL;
  private long used;

  /** Zeroed memory for a tensor. Errors: INTERRUPTED, LIMIT. */
  MemorySegment allocate(TensorType type) {
    long bytes = type.dtype().bytes(type.shape().elements().fixed());
    if (bytes > SMALL) {
      return Memory.allocate(type);
    }
    long from = Math.ceilDiv(used, ALIGNMENT) * ALIGNMENT;
    if (from > page.byteSize() - bytes) {
      page = DenseTensor.allocate(DType.UINT8, Shape.of(PAGE));
      from = 0;
    }
    used = from + bytes;
    return page.asSlice(from, bytes);
  }
}
