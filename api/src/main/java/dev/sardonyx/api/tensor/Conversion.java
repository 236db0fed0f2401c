package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The elements of a tensor as another type. Source: the casts of torch.Tensor.to. */
final class Conversion {
  private static final int BFLOAT16_NAN = 0x7FC0;
  private static final int BFLOAT16_SHIFT = 16;

  private Conversion() {}

  static DenseTensor of(DenseTensor source, DType target) {
    MemorySegment out = DenseTensor.allocate(target, source.shape());
    boolean wide = source.dtype() == DType.INT64; // a double does not hold all of them
    for (long i = 0; i < source.elements(); i++) {
      if (wide) {
        ofLong(out, i, source.longAt(i), target);
      } else {
        ofDouble(out, i, source.doubleAt(i), target);
      }
    }
    return DenseTensor.view(target, source.shape(), out);
  }

  private static void ofLong(MemorySegment out, long i, long value, DType target) {
    switch (target) {
      case FLOAT32 -> out.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
      case FLOAT16 -> out.setAtIndex(ValueLayout.JAVA_SHORT, i, half((float) value));
      case BFLOAT16 -> out.setAtIndex(ValueLayout.JAVA_SHORT, i, bfloat16((float) value));
      case INT32, UINT32 -> out.setAtIndex(ValueLayout.JAVA_INT, i, (int) value);
      case INT16, UINT16 -> out.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) value);
      case INT8, UINT8 -> out.set(ValueLayout.JAVA_BYTE, i, (byte) value);
      case UINT64 -> out.setAtIndex(ValueLayout.JAVA_LONG, i, value);
      case INT64, FLOAT64, BOOL, STRING, COMPLEX64, COMPLEX128 -> ofDouble(out, i, value, target);
      case UINT4, INT4, UINT2, INT2, FLOAT8E4M3FN, FLOAT8E4M3FNUZ -> throw refused(target);
      case FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> throw refused(target);
    }
  }

  private static void ofDouble(MemorySegment out, long i, double value, DType target) {
    switch (target) {
      case FLOAT64 -> out.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
      case FLOAT32 -> out.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
      case FLOAT16 -> out.setAtIndex(ValueLayout.JAVA_SHORT, i, half((float) value));
      case BFLOAT16 -> out.setAtIndex(ValueLayout.JAVA_SHORT, i, bfloat16((float) value));
      case BOOL -> out.set(ValueLayout.JAVA_BYTE, i, (byte) (value == 0 ? 0 : 1));
      case INT64 -> out.setAtIndex(ValueLayout.JAVA_LONG, i, (long) value);
      case INT32, UINT32, INT16, UINT16, INT8, UINT8, UINT64 ->
          ofLong(out, i, (long) value, target);
      case STRING, COMPLEX64, COMPLEX128, UINT4, INT4, UINT2, INT2 -> throw refused(target);
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
          throw refused(target);
    }
  }

  private static short half(float value) {
    return Float.floatToFloat16(value);
  }

  /** To the nearest, ties to even: the upper half of a float. */
  private static short bfloat16(float value) {
    if (Float.isNaN(value)) {
      return (short) BFLOAT16_NAN;
    }
    int bits = Float.floatToRawIntBits(value);
    int even = (bits >>> BFLOAT16_SHIFT) & 1;
    return (short) ((bits + 0x7FFF + even) >>> BFLOAT16_SHIFT);
  }

  private static SardonyxException refused(DType target) {
    return new SardonyxException(
        ErrorCode.DTYPE, "numbers cannot be converted to " + target + " yet");
  }
}
