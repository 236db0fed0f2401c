package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** Tensor data in the fields by type, which small files use in place of raw bytes. */
final class TypedData {
  /** The fields that element types use, by their names in the format. */
  enum Field {
    FLOAT_DATA,
    DOUBLE_DATA,
    INT64_DATA,
    UINT64_DATA,
    STRING_DATA,
    INT32_DATA;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private TypedData() {}

  /** Entries in all typed fields together. */
  static long total(TensorProto proto) {
    return (long) proto.getFloatDataCount()
        + proto.getInt32DataCount()
        + proto.getStringDataCount()
        + proto.getInt64DataCount()
        + proto.getDoubleDataCount()
        + proto.getUint64DataCount();
  }

  /** The field of an element type. */
  static Field field(DType dtype) {
    return switch (dtype) {
      case FLOAT32, COMPLEX64 -> Field.FLOAT_DATA;
      case FLOAT64, COMPLEX128 -> Field.DOUBLE_DATA;
      case INT64 -> Field.INT64_DATA;
      case UINT32, UINT64 -> Field.UINT64_DATA;
      case STRING -> Field.STRING_DATA;
      case UINT8, INT8, UINT16, INT16, INT32, BOOL, FLOAT16, BFLOAT16 -> Field.INT32_DATA;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> Field.INT32_DATA;
      case UINT4, INT4, FLOAT4E2M1, UINT2, INT2 -> Field.INT32_DATA;
    };
  }

  /** Entries in the field of an element type. */
  static long count(TensorProto proto, DType dtype) {
    return switch (field(dtype)) {
      case FLOAT_DATA -> proto.getFloatDataCount();
      case DOUBLE_DATA -> proto.getDoubleDataCount();
      case INT64_DATA -> proto.getInt64DataCount();
      case UINT64_DATA -> proto.getUint64DataCount();
      case STRING_DATA -> proto.getStringDataCount();
      case INT32_DATA -> proto.getInt32DataCount();
    };
  }

  /** Entries that elements take: two for a complex one, one per byte of packed ones. */
  static long entries(DType dtype, long elements) {
    boolean complex = dtype == DType.COMPLEX64 || dtype == DType.COMPLEX128;
    if (complex) {
      return Math.ceilDiv(dtype.bytes(elements), (long) dtype.bits() / 16);
    }
    return dtype.bits() < 8 ? dtype.bytes(elements) : elements;
  }

  /** Copies the entries into memory of the right size. Errors: FORMAT for one out of range. */
  static void copy(TensorProto proto, DType dtype, MemorySegment target) {
    ByteBuffer data = target.asByteBuffer().order(ByteOrder.nativeOrder());
    switch (field(dtype)) {
      case FLOAT_DATA -> proto.getFloatDataList().forEach(data::putFloat);
      case DOUBLE_DATA -> proto.getDoubleDataList().forEach(data::putDouble);
      case INT64_DATA -> proto.getInt64DataList().forEach(data::putLong);
      case UINT64_DATA -> copyUnsigned(proto, dtype, data);
      case INT32_DATA -> copyNarrow(proto, dtype, data);
      case STRING_DATA -> throw new IllegalArgumentException("strings have no bytes to copy to");
    }
  }

  private static void copyUnsigned(TensorProto proto, DType dtype, ByteBuffer data) {
    for (long value : proto.getUint64DataList()) {
      if (dtype == DType.UINT64) {
        data.putLong(value);
      } else {
        require(value >>> 32 == 0, dtype, Long.toUnsignedString(value));
        data.putInt((int) value);
      }
    }
  }

  private static void copyNarrow(TensorProto proto, DType dtype, ByteBuffer data) {
    int bits = Math.max(8, dtype.bits());
    for (int value : proto.getInt32DataList()) {
      // signed or as bits: writers do both
      boolean fits = bits == 32 || (value >= -(1 << (bits - 1)) && value < 1 << bits);
      require(fits, dtype, Integer.toString(value));
      switch (bits) {
        case 8 -> data.put((byte) value);
        case 16 -> data.putShort((short) value);
        default -> data.putInt(value);
      }
    }
  }

  private static void require(boolean fits, DType dtype, String value) {
    if (!fits) {
      throw new SardonyxException(ErrorCode.FORMAT, value + " is not an element of " + dtype);
    }
  }
}
