package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.type.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** ONNX's byte order is little-endian; tensors in memory have the machine's. */
final class LittleEndian {
  private LittleEndian() {}

  /** Turns little-endian elements into the machine's order or back; mostly there is no work. */
  static void flip(MemorySegment data, DType dtype) {
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      reverse(data, width(dtype));
    }
  }

  /** Elements in the machine's order; a copy where that is another. */
  static MemorySegment flipped(MemorySegment data, DType dtype, Arena arena) {
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      return data;
    }
    MemorySegment copy = arena.allocate(data.byteSize(), 64).copyFrom(data);
    flip(copy, dtype);
    return copy;
  }

  /** Bytes that belong to one number: a complex element is two numbers. */
  private static int width(DType dtype) {
    boolean complex = dtype == DType.COMPLEX64 || dtype == DType.COMPLEX128;
    return Math.max(1, (complex ? dtype.bits() / 2 : dtype.bits()) / 8);
  }

  /** Reverses the bytes of each number. */
  static void reverse(MemorySegment data, int width) {
    for (long start = 0; start + width <= data.byteSize(); start += width) {
      for (int i = 0; i < width / 2; i++) {
        long left = start + i;
        long right = start + width - 1 - i;
        byte held = data.get(ValueLayout.JAVA_BYTE, left);
        data.set(ValueLayout.JAVA_BYTE, left, data.get(ValueLayout.JAVA_BYTE, right));
        data.set(ValueLayout.JAVA_BYTE, right, held);
      }
    }
  }
}
