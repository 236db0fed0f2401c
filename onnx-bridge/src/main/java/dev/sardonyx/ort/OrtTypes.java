package dev.sardonyx.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Which types ONNX Runtime's Java API can make and read, and which hold the numbers of others. */
final class OrtTypes {
  private OrtTypes() {}

  /** The type by which elements are given as bytes; empty where there is none. */
  static Optional<OnnxJavaType> javaType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Optional.of(OnnxJavaType.FLOAT);
      case FLOAT64 -> Optional.of(OnnxJavaType.DOUBLE);
      case FLOAT16 -> Optional.of(OnnxJavaType.FLOAT16);
      case BFLOAT16 -> Optional.of(OnnxJavaType.BFLOAT16);
      case INT8 -> Optional.of(OnnxJavaType.INT8);
      case INT16 -> Optional.of(OnnxJavaType.INT16);
      case INT32 -> Optional.of(OnnxJavaType.INT32);
      case INT64 -> Optional.of(OnnxJavaType.INT64);
      case UINT8 -> Optional.of(OnnxJavaType.UINT8);
      case BOOL -> Optional.of(OnnxJavaType.BOOL);
      case UINT16, UINT32, UINT64, STRING, COMPLEX64, COMPLEX128 -> Optional.empty();
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> Optional.empty();
      case UINT4, INT4, FLOAT4E2M1, UINT2, INT2 -> Optional.empty();
    };
  }

  /** The type itself where it can be made, else one that holds all its numbers. */
  static DType carrier(DType dtype) {
    return switch (dtype) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, INT8, INT16, INT32, INT64, UINT8, BOOL -> dtype;
      case STRING, COMPLEX64, COMPLEX128 -> dtype;
      case UINT16 -> DType.INT32;
      case UINT32, UINT64 -> DType.INT64; // of 64 bits, the same bits
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> DType.FLOAT32;
      case FLOAT8E8M0, FLOAT4E2M1 -> DType.FLOAT32;
      case INT4, INT2 -> DType.INT8;
      case UINT4, UINT2 -> DType.UINT8;
    };
  }

  /** Numbers in their carrier or back. */
  static DenseTensor as(DType dtype, DenseTensor tensor) {
    if (dtype == tensor.dtype()) {
      return tensor;
    }
    MemorySegment data = DenseTensor.allocate(dtype, tensor.shape());
    var conversion = new Conversion(tensor.dtype(), dtype, false, Cast.RoundMode.UP);
    conversion.run(tensor.segment(), data, tensor.elements());
    return DenseTensor.view(dtype, tensor.shape(), data);
  }

  /** Whether an input of this type can be carried by one means or another. */
  static boolean canBeInput(ValueType type) {
    return switch (type) {
      case TensorType tensor ->
          carrier(tensor.dtype()) != DType.COMPLEX64 && carrier(tensor.dtype()) != DType.COMPLEX128;
      case SequenceType(ValueType element) ->
          element instanceof TensorType tensor && canBeInput(tensor);
      case OptionalType(ValueType element) -> canBeInput(element);
      case MapType _, UnknownType _ -> false;
    };
  }

  /** Whether outputs of this type can be read. */
  static boolean isReadable(DType dtype) {
    return switch (dtype) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, INT8, INT16, INT32, INT64, BOOL, STRING -> true;
      case UINT8, UINT16, UINT32, UINT64 -> true;
      case COMPLEX64, COMPLEX128 -> true; // nothing else holds them, so that reading says no
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> false;
      case UINT4, INT4, FLOAT4E2M1, UINT2, INT2 -> false;
    };
  }

  /** The type of elements that can be read as bytes. */
  static Optional<DType> dtype(TensorInfo.OnnxTensorType type) {
    return switch (type) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(DType.FLOAT32);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(DType.FLOAT64);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Optional.of(DType.FLOAT16);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Optional.of(DType.BFLOAT16);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(DType.INT8);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Optional.of(DType.INT16);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(DType.INT32);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(DType.INT64);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(DType.UINT8);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> Optional.of(DType.UINT16);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> Optional.of(DType.UINT32);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> Optional.of(DType.UINT64);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Optional.of(DType.BOOL);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> Optional.of(DType.STRING);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX64,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX128,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ ->
          Optional.empty();
    };
  }
}
