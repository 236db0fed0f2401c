package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;

/**
 * Which elements of a tensor share a scale: all, those of one index on an axis, or blocks of
 * neighbours on an axis. Source: ONNX QuantizeLinear.
 *
 * @param axis may be negative; means nothing where all share one scale
 * @param blockSize elements to a block, or 0
 */
public record Granularity(int axis, int blockSize) {

  static Granularity read(Attributes attributes) {
    return new Granularity(attributes.int32("axis", 1), attributes.int32("block_size", 0));
  }

  Attributes attributes() {
    return Attributes.none()
        .with("axis", Attribute.of(axis), Attribute.of(1))
        .with("block_size", Attribute.of(blockSize), Attribute.of(0));
  }

  /** Demands that scale, and zero point where there is one, fit X. Errors: SHAPE, ARGUMENT. */
  void require(Inputs in) {
    TensorType x = in.tensor(0, "x");
    Shape scale = in.tensor(1, "scale").shape();
    if (blockSize < 0) {
      throw in.argumentError("block_size must be 0 or more, found " + blockSize);
    }
    if (in.has(2)) {
      requireSame(in, scale, in.tensor(2, "zero point").shape());
    }
    if (!x.shape().isKnown() || !scale.isKnown() || isSingle(scale)) {
      return;
    }
    boolean maybeSingle = blockSize == 0 && scale.rank() == 1 && !scale.dim(0).isFixed();
    if (x.rank() == 1 && maybeSingle) {
      return;
    }
    int at = in.axis(x.shape(), axis);
    if (blockSize == 0) {
      if (scale.rank() != 1) {
        throw in.shapeError("scale must be a scalar or a vector, found " + scale);
      }
      in.requireEqual(scale.dim(0), x.dim(at), "the size of scale must equal x's on its axis");
      return;
    }
    if (scale.rank() != x.rank()) {
      throw in.shapeError("scale must have the rank of x, found " + scale + " and " + x);
    }
    for (int i = 0; i < scale.rank(); i++) {
      Dim expected = i == at ? x.dim(i).ceilDiv(blockSize) : x.dim(i);
      in.requireEqual(scale.dim(i), expected, "scale must have one element for each block");
    }
  }

  /** Whether all elements share a scale of this shape: a scalar, or a vector of one element. */
  public boolean isSingle(Shape scale) {
    boolean one = scale.rank() == 1 && blockSize == 0 && scale.dim(0).equals(Dim.of(1));
    return scale.rank() == 0 || one;
  }

  private static void requireSame(Inputs in, Shape scale, Shape zero) {
    if (!scale.isKnown() || !zero.isKnown()) {
      return;
    }
    boolean same = scale.rank() == zero.rank();
    for (int i = 0; same && i < scale.rank(); i++) {
      same = !scale.dim(i).differsFrom(zero.dim(i));
    }
    boolean single = scale.rank() <= 1 && zero.rank() <= 1;
    if (!same && !(single && isOne(scale) && isOne(zero))) {
      throw in.shapeError("zero point must have the shape of scale, found " + zero + ", " + scale);
    }
  }

  private static boolean isOne(Shape shape) {
    return shape.rank() == 0 || shape.dim(0).equals(Dim.of(1));
  }
}
