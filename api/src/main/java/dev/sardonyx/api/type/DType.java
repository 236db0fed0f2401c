package dev.sardonyx.api.type;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.Arrays;

/**
 * Element types, all that ONNX has, with ONNX's numbers. Source: onnx.proto, TensorProto.DataType.
 */
public enum DType {
  FLOAT32(1, "float32", 32),
  UINT8(2, "uint8", 8),
  INT8(3, "int8", 8),
  UINT16(4, "uint16", 16),
  INT16(5, "int16", 16),
  INT32(6, "int32", 32),
  INT64(7, "int64", 64),
  /** Character strings: no fixed size. */
  STRING(8, "string", 0),
  /** One byte per element, 0 or 1. */
  BOOL(9, "bool", 8),
  FLOAT16(10, "float16", 16),
  FLOAT64(11, "float64", 64),
  UINT32(12, "uint32", 32),
  UINT64(13, "uint64", 64),
  COMPLEX64(14, "complex64", 64),
  COMPLEX128(15, "complex128", 128),
  BFLOAT16(16, "bfloat16", 16),
  FLOAT8E4M3FN(17, "float8e4m3fn", 8),
  FLOAT8E4M3FNUZ(18, "float8e4m3fnuz", 8),
  FLOAT8E5M2(19, "float8e5m2", 8),
  FLOAT8E5M2FNUZ(20, "float8e5m2fnuz", 8),
  UINT4(21, "uint4", 4),
  INT4(22, "int4", 4),
  FLOAT4E2M1(23, "float4e2m1", 4),
  FLOAT8E8M0(24, "float8e8m0", 8),
  UINT2(25, "uint2", 2),
  INT2(26, "int2", 2);

  private final int onnxCode;
  private final String text;
  private final int bits;

  DType(int onnxCode, String text, int bits) {
    this.onnxCode = onnxCode;
    this.text = text;
    this.bits = bits;
  }

  /** The number in ONNX files. */
  public int onnxCode() {
    return onnxCode;
  }

  /** Bits per element; 0 for strings. */
  public int bits() {
    return bits;
  }

  /**
   * Bytes that {@code elements} elements take; types under a byte are packed.
   *
   * @throws SardonyxException (LIMIT) when the size exceeds 64 bits, (DTYPE) for strings
   */
  public long bytes(long elements) {
    if (this == STRING) {
      throw new SardonyxException(ErrorCode.DTYPE, "strings have no fixed size in bytes");
    }
    try {
      return bits >= 8
          ? Math.multiplyExact(elements, (long) (bits / 8))
          : Math.ceilDiv(Math.multiplyExact(elements, (long) bits), 8L);
    } catch (ArithmeticException overflow) {
      throw new SardonyxException(
          ErrorCode.LIMIT, elements + " elements of " + text + " exceed 64 bits of size", overflow);
    }
  }

  /** Whether each element has a value as a double, be it rounded: real numbers and truth values. */
  public boolean isReal() {
    return switch (this) {
      case STRING, COMPLEX64, COMPLEX128 -> false;
      default -> true; // all others are real
    };
  }

  /** Whether elements are real floating-point numbers of any width. */
  public boolean isFloat() {
    return switch (this) {
      case FLOAT16, FLOAT32, FLOAT64, BFLOAT16 -> true;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> true;
      case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64 -> false;
      case UINT4, INT4, UINT2, INT2, STRING, BOOL, COMPLEX64, COMPLEX128 -> false;
    };
  }

  /** The type with this ONNX number. Errors: FORMAT for a number that ONNX does not have. */
  public static DType ofOnnxCode(int code) {
    return Arrays.stream(values())
        .filter(type -> type.onnxCode == code)
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.FORMAT, "element type " + code + " is not one of ONNX's (1 to 26)"));
  }

  /** The type with this name, as {@link #toString} gives it. Errors: ARGUMENT. */
  public static DType ofName(String name) {
    return Arrays.stream(values())
        .filter(type -> type.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.ARGUMENT,
                    "unknown element type '" + name + "'; known: " + Arrays.toString(values())));
  }

  /** The name as graphs and messages show it, for example {@code float32}. */
  @Override
  public String toString() {
    return text;
  }
}
