package dev.sardonyx.api.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;

/** The names that safetensors has for element types. */
public final class SafetensorsType {
  private SafetensorsType() {}

  /** The type of a name. Errors: FORMAT, UNSUPPORTED. */
  public static DType read(String name) {
    return switch (name) {
      case "F32" -> DType.FLOAT32;
      case "F64" -> DType.FLOAT64;
      case "F16" -> DType.FLOAT16;
      case "BF16" -> DType.BFLOAT16;
      case "I64" -> DType.INT64;
      case "I32" -> DType.INT32;
      case "I16" -> DType.INT16;
      case "I8" -> DType.INT8;
      case "U64" -> DType.UINT64;
      case "U32" -> DType.UINT32;
      case "U16" -> DType.UINT16;
      case "U8" -> DType.UINT8;
      case "BOOL" -> DType.BOOL;
      case "C64" -> DType.COMPLEX64;
      case "F8_E4M3" -> DType.FLOAT8E4M3FN;
      case "F8_E5M2" -> DType.FLOAT8E5M2;
      case "F8_E8M0" -> DType.FLOAT8E8M0;
      case "F8_E4M3FNUZ" -> DType.FLOAT8E4M3FNUZ;
      case "F8_E5M2FNUZ" -> DType.FLOAT8E5M2FNUZ;
      case "F4" -> DType.FLOAT4E2M1;
      case "F6_E2M3", "F6_E3M2" ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED,
              "elements of " + name + " are not read: ONNX has no such type");
      default ->
          throw new SardonyxException(
              ErrorCode.FORMAT, "unknown element type '" + Excerpt.of(name) + "'");
    };
  }

  /** The name of a type. Errors: DTYPE. */
  public static String write(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case INT64 -> "I64";
      case INT32 -> "I32";
      case INT16 -> "I16";
      case INT8 -> "I8";
      case UINT64 -> "U64";
      case UINT32 -> "U32";
      case UINT16 -> "U16";
      case UINT8 -> "U8";
      case BOOL -> "BOOL";
      case COMPLEX64 -> "C64";
      case FLOAT8E4M3FN -> "F8_E4M3";
      case FLOAT8E5M2 -> "F8_E5M2";
      case FLOAT8E8M0 -> "F8_E8M0";
      case FLOAT8E4M3FNUZ -> "F8_E4M3FNUZ";
      case FLOAT8E5M2FNUZ -> "F8_E5M2FNUZ";
      case FLOAT4E2M1 -> "F4";
      case STRING, COMPLEX128, UINT4, INT4, UINT2, INT2 ->
          throw new SardonyxException(ErrorCode.DTYPE, "safetensors files do not hold " + dtype);
    };
  }
}
