package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.codec.TensorMemory;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import java.lang.foreign.MemorySegment;

/** Sparse constants, made dense. */
final class SparseReader {
  /** A few bytes of file may ask for any size, so a size that no real constant has is refused. */
  private static final long LARGEST = 256L << 20;

  private SparseReader() {}

  /** The tensor. Errors: FORMAT for indices outside the shape, LIMIT when it exceeds 256 MiB. */
  static DenseTensor read(SparseTensorProto proto, TensorMemory memory) {
    String name = "sparse tensor '" + proto.getValues().getName() + "': ";
    DenseTensor values = memory.read(proto.getValues());
    DenseTensor indices = memory.read(proto.getIndices());
    DType dtype = values.dtype();
    Shape shape = TensorCodec.shape(proto.getDimsList());
    long elements = shape.elements().fixed();
    if (dtype.bits() < 8) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, name + "packed elements of " + dtype + " are not supported");
    }
    if (dtype.bytes(elements) > LARGEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          name
              + dtype
              + shape
              + " takes "
              + dtype.bytes(elements)
              + " bytes, more than "
              + LARGEST);
    }
    long count = values.elements();
    boolean linear = indices.rank() == 1 && indices.elements() == count;
    boolean coordinates =
        indices.rank() == 2
            && indices.type().dim(0).fixed() == count
            && indices.type().dim(1).fixed() == shape.rank();
    if (values.rank() != 1 || indices.dtype() != DType.INT64 || !(linear || coordinates)) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          name + "indices " + indices.type() + " do not fit values " + values.type());
    }
    long[] at = linear ? indices.longs() : flat(indices.longs(), shape, name);
    MemorySegment data = memory.arena().allocate(dtype.bytes(elements), 64);
    long width = dtype.bits() / 8;
    for (int i = 0; i < at.length; i++) {
      requireWithin(at[i], elements, name);
      MemorySegment.copy(values.segment(), i * width, data, at[i] * width, width);
    }
    return DenseTensor.view(dtype, shape, data);
  }

  private static long[] flat(long[] coordinates, Shape shape, String name) {
    long[] sizes = shape.sizes();
    long[] result = new long[sizes.length == 0 ? 0 : coordinates.length / sizes.length];
    for (int i = 0; i < result.length; i++) {
      for (int axis = 0; axis < sizes.length; axis++) {
        long index = coordinates[i * sizes.length + axis];
        requireWithin(index, sizes[axis], name);
        result[i] = result[i] * sizes[axis] + index;
      }
    }
    return result;
  }

  private static void requireWithin(long index, long size, String name) {
    if (index < 0 || index >= size) {
      throw new SardonyxException(
          ErrorCode.FORMAT, name + "index " + index + " is outside " + size + " elements");
    }
  }
}
