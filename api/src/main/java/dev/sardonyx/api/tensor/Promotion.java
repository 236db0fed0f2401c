package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.type.DType;

/** Element types of results, where operands differ. Source: torch.result_type. */
final class Promotion {
  private static final DType DEFAULT_FLOAT = DType.FLOAT32;

  private Promotion() {}

  /** What PyTorch ranks types by; a scalar counts only where its category is higher. */
  private enum Category {
    BOOL,
    INTEGER,
    FLOAT
  }

  /** Applies an operator of two to operands of one type, that of the result. */
  static Tensor apply(Op op, Tensor a, Tensor b) {
    DType dtype = result(a, b);
    return Operations.apply(op, a.to(dtype), b.to(dtype));
  }

  static DType result(Tensor a, Tensor b) {
    boolean aIsScalar = a.shape().isKnown() && a.rank() == 0;
    boolean bIsScalar = b.shape().isKnown() && b.rank() == 0;
    int order = category(a.dtype()).compareTo(category(b.dtype()));
    if (aIsScalar != bIsScalar && (aIsScalar ? order <= 0 : order >= 0)) {
      return aIsScalar ? b.dtype() : a.dtype();
    }
    return larger(a.dtype(), b.dtype());
  }

  /** The type of two of which none is a scalar. */
  static DType larger(DType a, DType b) {
    int order = category(a).compareTo(category(b));
    if (order != 0) {
      return order > 0 ? a : b;
    }
    if (a == b || isSigned(a) == isSigned(b) && a.bits() != b.bits()) {
      return a.bits() >= b.bits() ? a : b;
    }
    if (a.isFloat()) { // float16 and bfloat16
      return DType.FLOAT32;
    }
    DType signed = isSigned(a) ? a : b;
    DType unsigned = isSigned(a) ? b : a;
    return switch (Math.max(signed.bits(), Math.min(64, 2 * unsigned.bits()))) {
      case 16 -> DType.INT16;
      case 32 -> DType.INT32;
      default -> DType.INT64;
    };
  }

  private static boolean isSigned(DType type) {
    return switch (type) {
      case UINT8, UINT16, UINT32, UINT64 -> false;
      default -> true;
    };
  }

  private static Category category(DType type) {
    return switch (type) {
      case BOOL -> Category.BOOL;
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> Category.INTEGER;
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> Category.FLOAT;
      default ->
          throw new SardonyxException(ErrorCode.DTYPE, "arithmetic of " + type + " is not there");
    };
  }

  /** The type of a tensor with a number, which decides only where its category is higher. */
  static DType result(Tensor x, Number number) {
    boolean isFloat = isFloat(number);
    Category category = isFloat ? Category.FLOAT : Category.INTEGER;
    if (category(x.dtype()).compareTo(category) >= 0) {
      return x.dtype();
    }
    return isFloat ? DEFAULT_FLOAT : DType.INT64;
  }

  /** A number as a scalar that goes with a tensor: of the type of the result. */
  static Tensor operand(Tensor x, Number number) {
    return scalar(result(x, number), number);
  }

  /** A scalar. Errors: DTYPE where the type does not have the number. */
  static DenseTensor scalar(DType dtype, Number number) {
    if (isFloat(number) && category(dtype) != Category.FLOAT) {
      return scalar(dtype, whole(number.doubleValue()));
    }
    Tensor wide =
        isFloat(number)
            ? Tensor.of(new double[] {number.doubleValue()})
            : Tensor.scalar(number.longValue());
    DenseTensor result = wide.dense().convert(dtype);
    boolean fits =
        dtype.isFloat()
            || dtype == DType.BOOL
            || dtype == DType.UINT64
            || (long) result.doubleAt(0) == number.longValue()
            || dtype == DType.INT64;
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.DTYPE, "numbers of " + dtype + " do not reach " + number);
    }
    return result;
  }

  private static long whole(double number) {
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw new SardonyxException(
          ErrorCode.DTYPE, "an integer tensor takes whole numbers, found " + number);
    }
    return (long) number;
  }

  private static boolean isFloat(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  /** The tensor as floats: integers and bool in the default type. */
  static Tensor floating(Tensor x) {
    return x.dtype().isFloat() ? x : x.to(DEFAULT_FLOAT);
  }

  /** What has no order or absolute value in ONNX, as integers. */
  static Tensor numeric(Tensor x) {
    return x.dtype() == DType.BOOL ? x.to(DType.INT32) : x;
  }
}
