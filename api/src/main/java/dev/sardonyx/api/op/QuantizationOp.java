package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** To numbers of few bits and back, and products and convolutions of such numbers. */
public sealed interface QuantizationOp extends Op
    permits DequantizeLinear, DynamicQuantizeLinear, IntegerProductOp, QuantizeLinear {

  /** Integers of 8 bits. */
  Set<DType> BYTES = Collections.unmodifiableSet(EnumSet.of(DType.INT8, DType.UINT8));

  /** What QuantizeLinear makes. */
  Set<DType> QUANTIZED =
      Collections.unmodifiableSet(
          EnumSet.of(
              DType.INT8,
              DType.UINT8,
              DType.INT16,
              DType.UINT16,
              DType.FLOAT8E4M3FN,
              DType.FLOAT8E4M3FNUZ,
              DType.FLOAT8E5M2,
              DType.FLOAT8E5M2FNUZ,
              DType.UINT4,
              DType.INT4,
              DType.FLOAT4E2M1,
              DType.UINT2,
              DType.INT2));

  /** Floats in which a scale may be. */
  Set<DType> SCALES =
      Collections.unmodifiableSet(
          EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.FLOAT8E8M0));
}
