package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.type.DType;
import java.util.Arrays;
import java.util.Optional;

/** The names of element types in torch: {@code torch.float8_e4m3fn}. Source: torch.dtype. */
final class TorchType {
  private TorchType() {}

  static Optional<DType> ofName(String name) {
    return Arrays.stream(DType.values())
        .filter(dtype -> name(dtype).filter(name::equals).isPresent())
        .findFirst();
  }

  /** Empty for types that torch lacks. */
  static Optional<String> name(DType dtype) {
    return switch (dtype) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, COMPLEX64, COMPLEX128 ->
          Optional.of(dtype.toString());
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          Optional.of(dtype.toString());
      case FLOAT8E4M3FN -> Optional.of("float8_e4m3fn");
      case FLOAT8E4M3FNUZ -> Optional.of("float8_e4m3fnuz");
      case FLOAT8E5M2 -> Optional.of("float8_e5m2");
      case FLOAT8E5M2FNUZ -> Optional.of("float8_e5m2fnuz");
      case FLOAT8E8M0 -> Optional.of("float8_e8m0fnu");
      case STRING, UINT4, INT4, UINT2, INT2, FLOAT4E2M1 -> Optional.empty();
    };
  }
}
