package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Storages that a big-endian machine saved. */
final class ByteSwap {
  private ByteSwap() {}

  /** A little-endian copy; numbers of one byte need none. Errors: LIMIT. */
  static MemorySegment littleEndian(MemorySegment bytes, DType dtype, MemoryLimit limit) {
    int width = numberBytes(dtype);
    if (width == 1) {
      return bytes;
    }
    MemorySegment result = limit.allocate(bytes.byteSize());
    for (long at = 0; at < bytes.byteSize(); at++) {
      long mirrored = at - at % width + (width - 1 - at % width);
      result.set(ValueLayout.JAVA_BYTE, at, bytes.get(ValueLayout.JAVA_BYTE, mirrored));
    }
    return result;
  }

  /** A complex number is two numbers. */
  private static int numberBytes(DType dtype) {
    int bytes = dtype.bits() / 8;
    return dtype == DType.COMPLEX64 || dtype == DType.COMPLEX128 ? bytes / 2 : bytes;
  }
}
