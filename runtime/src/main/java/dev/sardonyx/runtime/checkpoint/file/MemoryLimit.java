package dev.sardonyx.runtime.checkpoint.file;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;

/** Memory that reading one file may take beside the file itself. */
public final class MemoryLimit {
  private final long limit;
  private long taken;

  /** A limit in bytes. */
  public MemoryLimit(long limit) {
    this.limit = limit;
  }

  /** Zeroed memory, off-heap. Errors: LIMIT. */
  public MemorySegment allocate(DType dtype, Shape shape) {
    long bytes = dtype.bytes(shape.elements().fixed());
    if (bytes > limit - taken) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          dtype
              + ""
              + shape
              + " takes "
              + bytes
              + " bytes, of the memory limit of "
              + limit
              + " are left "
              + (limit - taken));
    }
    MemorySegment memory = DenseTensor.allocate(dtype, shape);
    taken += bytes;
    return memory;
  }

  /** Zeroed bytes, off-heap. Errors: LIMIT. */
  public MemorySegment allocate(long bytes) {
    return allocate(DType.UINT8, Shape.of(bytes));
  }
}
