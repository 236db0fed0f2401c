package dev.sardonyx.api.type;

import java.util.List;
import java.util.Map;

/** Element type and shape of a tensor. */
public record TensorType(DType dtype, Shape shape) implements ValueType {

  /** A type of these dims. */
  public static TensorType of(DType dtype, Dim... dims) {
    return new TensorType(dtype, Shape.of(List.of(dims)));
  }

  /** A type of fixed sizes. */
  public static TensorType of(DType dtype, long... sizes) {
    return new TensorType(dtype, Shape.of(sizes));
  }

  /** A type whose dims are given as text: {@code "batch", "784"}. */
  public static TensorType of(DType dtype, String... dims) {
    return new TensorType(dtype, Shape.of(List.of(dims).stream().map(Dim::parse).toList()));
  }

  /** The number of dims. Errors: SHAPE when unknown. */
  public int rank() {
    return shape.rank();
  }

  /** The dim at an axis; negative axes count from the end. Errors: SHAPE. */
  public Dim dim(int axis) {
    return shape.dim(axis);
  }

  /** The same element type in another shape. */
  public TensorType withShape(Shape other) {
    return new TensorType(dtype, other);
  }

  /** This with symbols replaced by sizes. */
  public TensorType bind(Map<String, Long> sizes) {
    return new TensorType(dtype, shape.bind(sizes));
  }

  /** For example {@code float32[batch, 128]}. */
  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
