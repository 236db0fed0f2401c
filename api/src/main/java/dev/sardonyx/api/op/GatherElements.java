package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * For each index an element of the data: the one at the index's own place, but for the axis, where
 * it is the index. Negative indices count from the end. Shape: that of the indices. Source: ONNX
 * GatherElements.
 */
public record GatherElements(int axis) implements LayoutOp {
  @Override
  public String name() {
    return "GatherElements";
  }

  @Override
  public int sinceOpset() {
    return 11;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(0));
  }

  static GatherElements read(Attributes attributes) {
    return new GatherElements(attributes.only("axis").int32("axis", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(2, 2).atLeastRank(0, "data", 1);
    TensorType indices = in.tensor(1, "indices");
    in.requireDType(1, "indices", EnumSet.of(DType.INT32, DType.INT64));
    requireWithin(in, data.shape(), axis, indices.shape());
    return List.of(data.withShape(indices.shape()));
  }

  /** Errors: SHAPE unless indices have the data's rank and, but for the axis, no larger dims. */
  static void requireWithin(Inputs in, Shape data, int axis, Shape indices) {
    if (!data.isKnown()) {
      return;
    }
    int along = in.axis(data, axis);
    in.ranked(1, "indices", data.rank());
    for (int i = 0; indices.isKnown() && i < indices.rank(); i++) {
      boolean beyond =
          data.dim(i) instanceof Dim.Fixed(long size)
              && indices.dim(i) instanceof Dim.Fixed(long count)
              && count > size;
      if (i != along && beyond) {
        throw in.shapeError("indices " + indices + " exceed data " + data + " at axis " + i);
      }
    }
  }
}
