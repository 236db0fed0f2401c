package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What forward takes and returns. With data in it, an operation runs at once; inside a trace the
 * same call records a node. Names and meaning are PyTorch's; operands broadcast as in PyTorch.
 */
public sealed interface Tensor permits DenseTensor, TracedTensor, Variable {

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
    Shape shape = Shape.of(sizes);
    return DenseTensor.view(DType.FLOAT32, shape, DenseTensor.allocate(DType.FLOAT32, shape));
  }

  /** A float32 tensor of ones. */
  static Tensor ones(long... sizes) {
    return full(1f, sizes);
  }

  /** A float32 tensor of one value. */
  static Tensor full(float value, long... sizes) {
    Shape shape = Shape.of(sizes);
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    long elements = shape.elements().fixed();
    for (long i = 0; i < elements; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    return DenseTensor.view(DType.FLOAT32, shape, data);
  }

  /** Element type and shape. */
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
    return shape().dim(axis);
  }

  /** A copy of the elements. Errors: DTYPE unless float32, TRACED_CONTENTS inside a trace. */
  default float[] floats() {
    return dense().floats();
  }

  /** A copy of the elements. Errors: DTYPE unless int64, TRACED_CONTENTS inside a trace. */
  default long[] longs() {
    return dense().longs();
  }

  /** The sum, elementwise. */
  default Tensor add(Tensor other) {
    return Operations.apply(new BinaryOp.Add(), this, other);
  }

  /** The sum with a number. */
  default Tensor add(double number) {
    return add(Reshaping.number(this, number));
  }

  /** The difference, elementwise. */
  default Tensor sub(Tensor other) {
    return Operations.apply(new BinaryOp.Sub(), this, other);
  }

  /** The difference with a number. */
  default Tensor sub(double number) {
    return sub(Reshaping.number(this, number));
  }

  /** The product, elementwise. */
  default Tensor mul(Tensor other) {
    return Operations.apply(new BinaryOp.Mul(), this, other);
  }

  /** The product with a number. */
  default Tensor mul(double number) {
    return mul(Reshaping.number(this, number));
  }

  /**
   * The quotient, elementwise. Errors: DTYPE for integers, whose quotients are floats in PyTorch.
   */
  default Tensor div(Tensor other) {
    Reshaping.requireFloatQuotient(this);
    return Operations.apply(new BinaryOp.Div(), this, other);
  }

  /** The quotient with a number. Errors: as above. */
  default Tensor div(double number) {
    Reshaping.requireFloatQuotient(this);
    return div(Reshaping.number(this, number));
  }

  /** Each element negated. */
  default Tensor neg() {
    return Operations.apply(new UnaryOp.Neg(), this);
  }

  /** The exponential of each element. */
  default Tensor exp() {
    return Operations.apply(new UnaryOp.Exp(), this);
  }

  /** The natural logarithm of each element. */
  default Tensor log() {
    return Operations.apply(new UnaryOp.Log(), this);
  }

  /** The square root of each element. */
  default Tensor sqrt() {
    return Operations.apply(new UnaryOp.Sqrt(), this);
  }

  /** The matrix product, as torch.matmul: leading dims broadcast, vectors are rows or columns. */
  default Tensor matmul(Tensor other) {
    return Operations.apply(new MatMul(), this, other);
  }

  /** The mean over axes. Source: torch.mean. */
  default Tensor mean(boolean keepdim, int... axes) {
    long[] list = Arrays.stream(axes).asLongStream().toArray();
    return Operations.apply(
        new ReductionOp.ReduceMean(keepdim), this, Tensor.of(list, list.length));
  }

  /** The same elements in another shape; one size may be -1. */
  default Tensor reshape(long... sizes) {
    return Reshaping.reshape(this, Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** The same with a first dim that may be a symbol: {@code x.reshape(x.size(0), -1)}. */
  default Tensor reshape(Dim first, long... others) {
    List<Dim> dims = new ArrayList<>(List.of(first));
    Arrays.stream(others).mapToObj(Dim::of).forEach(dims::add);
    return Reshaping.reshape(this, dims);
  }

  /** The same with dims that may be symbols; {@code Dim.of(-1)} is computed. */
  default Tensor reshape(List<Dim> dims) {
    return Reshaping.reshape(this, dims);
  }

  /** The same as {@link #reshape(long...)}: tensors have no strides here. */
  default Tensor view(long... sizes) {
    return reshape(sizes);
  }

  /** The same as {@link #reshape(Dim, long...)}. */
  default Tensor view(Dim first, long... others) {
    return reshape(first, others);
  }

  /** The axes from start to end, both included, made one. Source: torch.flatten. */
  default Tensor flatten(int startDim, int endDim) {
    return Reshaping.flatten(this, startDim, endDim);
  }

  /** All axes from start on made one. */
  default Tensor flatten(int startDim) {
    return flatten(startDim, -1);
  }

  /** Two axes swapped. */
  default Tensor transpose(int a, int b) {
    return Reshaping.transpose(this, a, b);
  }

  /** The axes in another order. */
  default Tensor permute(int... order) {
    return Reshaping.permute(this, order);
  }

  /** A dim of size 1 put in at an axis of the result. */
  default Tensor unsqueeze(int axis) {
    return Reshaping.unsqueeze(this, axis);
  }

  /** The dim at an axis taken out. Errors: SHAPE unless it is 1; PyTorch would ignore it. */
  default Tensor squeeze(int axis) {
    return Reshaping.squeeze(this, axis);
  }

  /** Tensors one after the other along an axis. Source: torch.cat. */
  static Tensor cat(List<Tensor> tensors, int axis) {
    return Reshaping.cat(tensors, axis);
  }
}
