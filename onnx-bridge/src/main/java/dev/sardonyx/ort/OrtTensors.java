package dev.sardonyx.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Tensors in and out by their bytes, never element by element. */
final class OrtTensors {
  private static final long ALIGNMENT = 64;

  private OrtTensors() {}

  /** Demands inputs that ONNX Runtime's Java API can take. Errors: UNSUPPORTED. */
  static void requireCarried(Graph graph) {
    for (Value input : graph.inputs()) {
      boolean carried =
          input.type() instanceof TensorType(DType dtype, Shape _) && javaType(dtype).isPresent();
      if (!carried) {
        throw unsupported("input", input.name(), input.type());
      }
    }
  }

  /**
   * A tensor for ONNX Runtime, in memory of an arena that must outlive it. The data is copied, also
   * where it lies off-heap: ONNX Runtime would read on, or crash, when its owner closed it
   * meanwhile. Errors: UNSUPPORTED for the element type, LIMIT above 2 GiB; IllegalStateException
   * when the data is closed.
   */
  static OnnxTensor toOrt(OrtEnvironment environment, Arena arena, String name, DenseTensor tensor)
      throws OrtException {
    OnnxJavaType type =
        javaType(tensor.dtype()).orElseThrow(() -> unsupported("input", name, tensor.type()));
    MemorySegment data = tensor.segment();
    if (data.byteSize() > Integer.MAX_VALUE) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "input '" + name + "' takes " + data.byteSize() + " bytes; ONNX Runtime takes 2 GiB");
    }
    MemorySegment copy = arena.allocate(data.byteSize(), ALIGNMENT).copyFrom(data);
    ByteBuffer buffer = copy.asByteBuffer().order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, buffer, tensor.type().shape().sizes(), type);
  }

  /** A copy of a result. Errors: UNSUPPORTED for what is no tensor, or of a type not carried. */
  static DenseTensor fromOrt(String name, OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw unsupported("output", name, value.getType());
    }
    TensorInfo.OnnxTensorType type = tensor.getInfo().onnxType;
    DType dtype = dtype(type).orElseThrow(() -> unsupported("output", name, type));
    Shape shape = Shape.of(tensor.getInfo().getShape());
    MemorySegment data = DenseTensor.allocate(dtype, shape);
    data.copyFrom(MemorySegment.ofBuffer(tensor.getByteBuffer()));
    return DenseTensor.view(dtype, shape, data);
  }

  private static Optional<DType> dtype(TensorInfo.OnnxTensorType type) {
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
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX64,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX128,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2,
          ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ ->
          Optional.empty();
    };
  }

  private static SardonyxException unsupported(String role, String name, Object type) {
    return new SardonyxException(
        ErrorCode.UNSUPPORTED,
        role + " '" + name + "' is " + type + ", which ONNX Runtime's Java API cannot carry");
  }

  /** The type by which ONNX Runtime's Java API takes elements as bytes. */
  private static Optional<OnnxJavaType> javaType(DType dtype) {
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
}
