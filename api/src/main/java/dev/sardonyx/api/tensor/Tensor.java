package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * What forward takes and returns. With data in it, an operation runs at once; inside a trace the
 * same call records a node. Names and meaning are PyTorch's; operands broadcast as in PyTorch.
 */
public sealed interface Tensor
    extends Data, Arithmetic, Comparisons, Functions, Indexing, Reductions, Shaping
    permits DenseTensor, TracedTensor, Variable {

  /** A float32 tensor of a copy of the values, row-major. Errors: SHAPE when sizes do not fit. */
  static Tensor of(float[] values, long... sizes) {
    return DenseTensor.copy(DType.FLOAT32, Shape.of(sizes), MemorySegment.ofArray(values));
  }

  /** An int64 tensor of a copy of the values, row-major. Errors: SHAPE when sizes do not fit. */
  static Tensor of(long[] values, long... sizes) {
    return DenseTensor.copy(DType.INT64, Shape.of(sizes), MemorySegment.ofArray(values));
  }

  /** A float64 tensor of a copy of the values, row-major. Errors: SHAPE when sizes do not fit. */
  static Tensor of(double[] values, long... sizes) {
    return DenseTensor.copy(DType.FLOAT64, Shape.of(sizes), MemorySegment.ofArray(values));
  }

  /** An int32 tensor of a copy of the values, row-major. Errors: SHAPE when sizes do not fit. */
  static Tensor of(int[] values, long... sizes) {
    return DenseTensor.copy(DType.INT32, Shape.of(sizes), MemorySegment.ofArray(values));
  }

  /** A bool tensor of the values, row-major. Errors: SHAPE when sizes do not fit. */
  static Tensor of(boolean[] values, long... sizes) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return DenseTensor.copy(DType.BOOL, Shape.of(sizes), MemorySegment.ofArray(bytes));
  }

  /** A tensor of strings, row-major. Errors: SHAPE when sizes do not fit. */
  static Tensor of(String[] values, long... sizes) {
    return DenseTensor.ofStrings(List.of(values), Shape.of(sizes));
  }

  /** A float32 scalar. */
  static Tensor scalar(float value) {
    return of(new float[] {value});
  }

  /** An int64 scalar. */
  static Tensor scalar(long value) {
    return of(new long[] {value});
  }

  /** A float32 tensor of zeros. */
  static Tensor zeros(long... sizes) {
    return zeros(DType.FLOAT32, sizes);
  }

  /** A float32 tensor of ones. */
  static Tensor ones(long... sizes) {
    return full(1f, sizes);
  }

  /** A float32 tensor of one value. */
  static Tensor full(float value, long... sizes) {
    Shape shape = Shape.of(sizes);
    if (Outline.replaces(shape)) {
      return Outline.tensor(DType.FLOAT32, shape);
    }
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    long elements = shape.elements().fixed();
    for (long i = 0; i < elements; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    return DenseTensor.view(DType.FLOAT32, shape, data);
  }

  /** A tensor of zeros. */
  static Tensor zeros(DType dtype, long... sizes) {
    return DenseTensor.zeros(dtype, Shape.of(sizes));
  }

  /** A tensor of ones. */
  static Tensor ones(DType dtype, long... sizes) {
    return full(dtype, 1, sizes);
  }

  /** A tensor of one value. Errors: DTYPE where the type does not have it. */
  static Tensor full(DType dtype, Number value, long... sizes) {
    DenseTensor one = Promotion.scalar(dtype, value);
    Shape shape = Shape.of(sizes);
    if (Outline.replaces(shape)) {
      return Outline.tensor(dtype, shape);
    }
    MemorySegment data = DenseTensor.allocate(dtype, shape);
    long bytes = one.segment().byteSize();
    for (long at = 0; at < data.byteSize(); at += bytes) {
      MemorySegment.copy(one.segment(), 0, data, at, bytes);
    }
    return DenseTensor.view(dtype, shape, data);
  }

  /** Element type and shape. */
  @Override
  TensorType type();

  /** The data. Errors: TRACED_CONTENTS inside a trace. */
  DenseTensor dense();

  /** The element type. */
  default DType dtype() {
    return type().dtype();
  }

  /** The dims. */
  default Shape shape() {
    return type().shape();
  }

  /** The number of dims. */
  default int rank() {
    return shape().rank();
  }

  /**
   * The dim at an axis, a symbol where only its name is known; negative axes count from the end.
   */
  default Dim size(int axis) {
    return shape().dim(Axes.orEnd("size", this, axis));
  }

  /** A scalar of this element type. Errors: DTYPE where the type has no such number. */
  default Tensor newScalar(double number) {
    return Promotion.scalar(dtype(), number);
  }

  /** The number of elements, an expression where dims are symbols. */
  default Dim numel() {
    return shape().elements();
  }

  /** A copy of the elements. Errors: DTYPE unless float32, TRACED_CONTENTS inside a trace. */
  default float[] floats() {
    return dense().floats();
  }

  /** A copy of the elements. Errors: DTYPE unless int64, TRACED_CONTENTS inside a trace. */
  default long[] longs() {
    return dense().longs();
  }

  /** a where the condition holds, else b; all broadcast. Source: torch.where. */
  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return a.where(condition, b);
  }

  /** Tensors one after the other along an axis. Source: torch.cat. */
  static Tensor cat(List<Tensor> tensors, int axis) {
    return Reshaping.cat(tensors, axis);
  }

  /** Tensors of one shape one after the other along a new axis. Source: torch.stack. */
  static Tensor stack(List<Tensor> tensors, int axis) {
    return Reshaping.stack(tensors, axis);
  }

  /** A tensor of one value whose dims may be symbols of the trace that runs. */
  static Tensor full(float value, List<Dim> sizes) {
    return Operations.apply(
        new FillOp.ConstantOfShape(Attribute.ofScalar(value)), DimTensors.vector(sizes));
  }

  /** A float32 tensor of zeros whose dims may be symbols of the trace that runs. */
  static Tensor zeros(List<Dim> sizes) {
    return full(0, sizes);
  }

  /** A float32 tensor of ones whose dims may be symbols of the trace that runs. */
  static Tensor ones(List<Dim> sizes) {
    return full(1, sizes);
  }

  /** The int64 numbers from 0 up to, without, end. */
  static Tensor arange(long end) {
    return arange(0, end, 1);
  }

  /** The int64 numbers from start up to, without, end. Errors: ARGUMENT for a step of 0. */
  static Tensor arange(long start, long end, long step) {
    return Operations.apply(new FillOp.Range(), scalar(start), scalar(end), scalar(step));
  }

  /** The int64 numbers from 0 up to, without, a dim that may be a symbol of the trace that runs. */
  static Tensor arange(Dim end) {
    return Operations.apply(new FillOp.Range(), scalar(0L), DimTensors.scalar(end), scalar(1L));
  }

  /** The float32 matrix with ones on its diagonal. Errors: SHAPE for a negative size. */
  static Tensor eye(int n) {
    Shape shape = Shape.of(n, n);
    if (Outline.replaces(shape)) {
      return Outline.tensor(DType.FLOAT32, shape);
    }
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    for (long i = 0; i < n; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i * n + i, 1);
    }
    return DenseTensor.view(DType.FLOAT32, shape, data);
  }
}
