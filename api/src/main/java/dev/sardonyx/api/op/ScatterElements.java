package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * The data with each update put at its own place, but for the axis, where the place is its index.
 * Negative indices count from the end. Shapes: updates and indices have one, of the data's rank.
 * Source: ONNX ScatterElements.
 */
public record ScatterElements(int axis, ScatterReduction reduction) implements IndexOp {
  @Override
  public String name() {
    return "ScatterElements";
  }

  @Override
  public int sinceOpset() {
    return reduction.sinceOpset();
  }

  @Override
  public Precision precision() {
    return reduction.precision();
  }

  @Override
  public Attributes attributes() {
    return reduction.attributes().with("axis", Attribute.of(axis), Attribute.of(0));
  }

  static ScatterElements read(Attributes attributes) {
    attributes.only("axis", "reduction");
    return new ScatterElements(attributes.int32("axis", 0), ScatterReduction.read(attributes));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(3, 3).atLeastRank(0, "data", 1);
    TensorType indices = in.tensor(1, "indices");
    TensorType updates = in.tensor(2, "updates");
    in.requireDType(1, "indices", EnumSet.of(DType.INT32, DType.INT64));
    reduction.requireTypes(in);
    GatherElements.requireWithin(in, data.shape(), axis, indices.shape());
    if (indices.shape().isKnown() && updates.shape().isKnown()) {
      in.ranked(2, "updates", indices.rank());
      for (int i = 0; i < indices.rank(); i++) {
        in.requireEqual(indices.dim(i), updates.dim(i), "indices and updates must have one shape");
      }
    }
    return List.of(data);
  }
}
