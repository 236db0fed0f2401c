package dev.sardonyx.runtime.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Map;

/**
 * The header of a .npy file: a Python dict of three entries, read by a parser that knows no more.
 */
record NpyHeader(DType dtype, boolean bigEndian, boolean fortranOrder, Shape shape) {
  /** Headers of plain arrays have some 80 bytes. */
  static final int LONGEST = 65_536;

  private static final int MOST_DIMS = 64;

  /** Distances between neighbours along each axis, in elements of the file's order. */
  long[] strides() {
    long[] sizes = shape.sizes();
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int i = 0; i < sizes.length; i++) {
      int axis = fortranOrder ? i : sizes.length - 1 - i;
      strides[axis] = step;
      step *= sizes[axis];
    }
    return strides;
  }

  static NpyHeader parse(String text) {
    Map<String, Object> entries = new PythonLiterals(text).dict();
    if (!(entries.get("descr") instanceof String descr)
        || !(entries.get("fortran_order") instanceof Boolean fortran)
        || !(entries.get("shape") instanceof List<?> sizes)) {
      throw fault("its header must have descr, fortran_order and shape, found " + text.strip());
    }
    long[] dims = sizes.stream().mapToLong(size -> (Long) size).toArray();
    if (dims.length > MOST_DIMS) {
      throw fault("it has " + dims.length + " dims, more than " + MOST_DIMS);
    }
    return new NpyHeader(dtype(descr), descr.startsWith(">"), fortran, Shape.of(dims));
  }

  private static DType dtype(String descr) {
    return switch (descr.isEmpty() ? "" : descr.substring(1)) {
      case "f4" -> DType.FLOAT32;
      case "f8" -> DType.FLOAT64;
      case "f2" -> DType.FLOAT16;
      case "i1" -> DType.INT8;
      case "i2" -> DType.INT16;
      case "i4" -> DType.INT32;
      case "i8" -> DType.INT64;
      case "u1" -> DType.UINT8;
      case "u2" -> DType.UINT16;
      case "u4" -> DType.UINT32;
      case "u8" -> DType.UINT64;
      case "b1" -> DType.BOOL;
      case "O" -> throw fault("it holds Python objects, which are never read");
      default -> throw fault("its element type '" + descr + "' is not supported");
    };
  }

  static String descr(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "<f4";
      case FLOAT64 -> "<f8";
      case FLOAT16 -> "<f2";
      case INT8 -> "|i1";
      case INT16 -> "<i2";
      case INT32 -> "<i4";
      case INT64 -> "<i8";
      case UINT8 -> "|u1";
      case UINT16 -> "<u2";
      case UINT32 -> "<u4";
      case UINT64 -> "<u8";
      case BOOL -> "|b1";
      case BFLOAT16, STRING, COMPLEX64, COMPLEX128, UINT4, INT4, UINT2, INT2 ->
          throw unwritable(dtype);
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
          throw unwritable(dtype);
    };
  }

  private static SardonyxException unwritable(DType dtype) {
    return new SardonyxException(ErrorCode.DTYPE, ".npy files do not hold " + dtype);
  }

  static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }
}
