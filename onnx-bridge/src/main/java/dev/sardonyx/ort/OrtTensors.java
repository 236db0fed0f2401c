package dev.sardonyx.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors in and out by their bytes, never element by element. */
final class OrtTensors {
  static final long ALIGNMENT = 64;

  private OrtTensors() {}

  /**
   * A tensor for ONNX Runtime, in memory of an arena that must outlive it. The data is copied, also
   * where it lies off-heap: ONNX Runtime would read on, or crash, when its owner closed it
   * meanwhile. Errors: UNSUPPORTED for the element type, LIMIT above 2 GiB; IllegalStateException
   * when the data is closed.
   */
  static OnnxTensor toOrt(OrtEnvironment environment, Arena arena, String name, DenseTensor tensor)
      throws OrtException {
    if (tensor.dtype() == DType.STRING) {
      return OrtStrings.toOrt(environment, name, tensor);
    }
    MemorySegment data = tensor.segment();
    requireCarriable(name, tensor.type());
    MemorySegment copy = arena.allocate(data.byteSize(), ALIGNMENT).copyFrom(data);
    return over(environment, copy, name, tensor.type());
  }

  /** A tensor that lies in off-heap memory, and keeps an automatic arena. Errors: as above. */
  static OnnxTensor over(
      OrtEnvironment environment, MemorySegment memory, String name, TensorType type)
      throws OrtException {
    OnnxJavaType javaType = requireCarriable(name, type);
    ByteBuffer buffer = memory.asByteBuffer().order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, buffer, type.shape().sizes(), javaType);
  }

  private static OnnxJavaType requireCarriable(String name, TensorType type) {
    long bytes = type.dtype().bytes(type.shape().elements().fixed());
    if (bytes > Integer.MAX_VALUE) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "'" + name + "' takes " + bytes + " bytes; ONNX Runtime takes 2 GiB");
    }
    return OrtTypes.javaType(type.dtype()).orElseThrow(() -> unsupported("input", name, type));
  }

  /** A copy of a result. Errors: UNSUPPORTED for a type that is not carried. */
  static DenseTensor fromOrt(String name, OnnxTensor tensor) throws OrtException {
    TensorInfo.OnnxTensorType type = tensor.getInfo().onnxType;
    DType dtype = OrtTypes.dtype(type).orElseThrow(() -> unsupported("output", name, type));
    Shape shape = Shape.of(tensor.getInfo().getShape());
    if (dtype == DType.STRING) {
      return OrtStrings.fromOrt(tensor, shape);
    }
    MemorySegment data = DenseTensor.allocate(dtype, shape);
    data.copyFrom(MemorySegment.ofBuffer(tensor.getByteBuffer()));
    return DenseTensor.view(dtype, shape, data);
  }

  static SardonyxException unsupported(String role, String name, Object type) {
    return SardonyxException.unsupported(
        role + " '" + name + "' is " + type + ", which ONNX Runtime's Java API cannot carry",
        List.of(Lack.type(role, type)));
  }
}
