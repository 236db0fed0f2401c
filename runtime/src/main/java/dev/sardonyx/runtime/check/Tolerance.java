package dev.sardonyx.runtime.check;

import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.type.DType;

/**
 * How far two results may lie apart: element by element {@code |a - b| <= absolute * scale +
 * relative * |b|}, where scale is the root mean square of b. So a tolerance means the same for
 * outputs of any size.
 */
public record Tolerance(double absolute, double relative) {
  /** To the bit, but for the sign of zero. */
  public static final Tolerance EXACT = new Tolerance(0, 0);

  /** For one operator on equal inputs. */
  public static Tolerance ofOperator(Precision precision, DType dtype) {
    return switch (precision) {
      case EXACT -> EXACT;
      case ROUNDED -> rounded(dtype, 1);
      case RANDOM -> new Tolerance(Double.POSITIVE_INFINITY, 0);
    };
  }

  /** For a value to which many operators have added their rounding. */
  public static Tolerance ofModel(DType dtype) {
    return rounded(dtype, 10);
  }

  private static Tolerance rounded(DType dtype, double factor) {
    return switch (dtype) {
      case FLOAT64 -> new Tolerance(1e-12 * factor, 1e-12 * factor);
      case FLOAT32 -> new Tolerance(2e-5 * factor, 2e-5 * factor);
      case FLOAT16 -> new Tolerance(2e-3 * factor, 2e-3 * factor);
      case BFLOAT16 -> new Tolerance(1.6e-2 * factor, 1.6e-2 * factor);
      case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64 -> EXACT;
      case BOOL, STRING, UINT4, INT4, UINT2, INT2 -> EXACT;
      case COMPLEX64, COMPLEX128 -> new Tolerance(2e-5 * factor, 2e-5 * factor);
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
          new Tolerance(0.13 * factor, 0.13 * factor);
    };
  }
}
