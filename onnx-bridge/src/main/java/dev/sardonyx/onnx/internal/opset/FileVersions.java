package dev.sardonyx.onnx.internal.opset;

import dev.sardonyx.api.type.DType;

/** Versions of the file format (ir_version). Source: ONNX's table of releases. */
public final class FileVersions {
  /** The newest that is read or written. */
  public static final int HIGHEST = 13;

  /** The first in which files say what operator sets they use. */
  public static final int OPSET_IMPORTS = 3;

  /** The first in which nodes carry metadata. */
  public static final int NODE_METADATA = 10;

  private FileVersions() {}

  /**
   * The file version that came with an opset. Opsets 7 and 8 get 4 where 3 came with them, because
   * before 4 every weight must be an input as well.
   */
  public static int ofOpset(int opset) {
    if (opset >= 25) {
      return 13;
    } else if (opset >= 23) {
      return opset - 12;
    } else if (opset >= 21) {
      return 10;
    } else if (opset >= 19) {
      return 9;
    } else if (opset >= 15) {
      return 8;
    }
    return opset >= 12 ? 7 : Math.max(4, opset - 5);
  }

  /** The first file version that has an element type. */
  public static int ofType(DType dtype) {
    return switch (dtype) {
      case FLOAT32, FLOAT64, FLOAT16, UINT8, INT8, UINT16, INT16, INT32, INT64 -> 1;
      case STRING, BOOL, UINT32, UINT64, COMPLEX64, COMPLEX128 -> 1;
      case BFLOAT16 -> 4;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> 9;
      case UINT4, INT4 -> 10;
      case FLOAT4E2M1 -> 11;
      case FLOAT8E8M0 -> 12;
      case UINT2, INT2 -> 13;
    };
  }
}
