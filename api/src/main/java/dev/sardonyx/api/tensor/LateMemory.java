package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Data that its source makes once, when it is first asked for. Thread-safe. */
final class LateMemory {
  private final DenseTensor.Source source;
  private final long bytes;
  private volatile @Nullable MemorySegment made;

  LateMemory(DenseTensor.Source source, long bytes) {
    this.source = source;
    this.bytes = bytes;
  }

  DenseTensor.Source source() {
    return source;
  }

  /** The data, read-only. Errors: the source's; SHAPE when it gives another size. */
  MemorySegment memory() {
    MemorySegment known = made;
    return known == null ? make() : known;
  }

  private synchronized MemorySegment make() {
    MemorySegment known = made;
    if (known == null) {
      known = source.make().asReadOnly();
      if (known.byteSize() != bytes) {
        throw new SardonyxException(
            ErrorCode.SHAPE,
            "a tensor takes " + bytes + " bytes, its source gives " + known.byteSize());
      }
      made = known;
    }
    return known;
  }
}
