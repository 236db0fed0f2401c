package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
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
    if (data.shape().isKnown()) {
      in.axis(data.shape(), axis);
      in.ranked(1, "indices", data.rank());
    }
    return List.of(data.withShape(indices.shape()));
  }
}
