package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.type.DType;
import java.util.Arrays;
import java.util.Optional;

/** Storage classes of torch and what their elements are. Source: torch.storage, torch._utils. */
enum StorageType {
  DoubleStorage(DType.FLOAT64, false),
  FloatStorage(DType.FLOAT32, false),
  HalfStorage(DType.FLOAT16, false),
  BFloat16Storage(DType.BFLOAT16, false),
  LongStorage(DType.INT64, false),
  IntStorage(DType.INT32, false),
  ShortStorage(DType.INT16, false),
  CharStorage(DType.INT8, false),
  ByteStorage(DType.UINT8, false),
  BoolStorage(DType.BOOL, false),
  ComplexFloatStorage(DType.COMPLEX64, false),
  ComplexDoubleStorage(DType.COMPLEX128, false),
  QInt8Storage(DType.INT8, true),
  QUInt8Storage(DType.UINT8, true),
  QInt32Storage(DType.INT32, true),
  /** Counts bytes; the tensor says what they are. */
  UntypedStorage(DType.UINT8, false);

  private final DType dtype;
  private final boolean quantized;

  StorageType(DType dtype, boolean quantized) {
    this.dtype = dtype;
    this.quantized = quantized;
  }

  DType dtype() {
    return dtype;
  }

  /** Whether elements stand for real numbers by a scale and a zero point. */
  boolean isQuantized() {
    return quantized;
  }

  static Optional<StorageType> ofName(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The class that a tensor of this type is saved with; newer types have none of their own. */
  static Optional<StorageType> of(DType dtype) {
    return Arrays.stream(values())
        .filter(type -> type.dtype == dtype && !type.quantized && type != UntypedStorage)
        .findFirst();
  }
}
