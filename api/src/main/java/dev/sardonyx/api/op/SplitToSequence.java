package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor cut along an axis. Inputs: tensor, split (one size for all parts, of which the last may
 * be smaller, or a vector of sizes). Without split the parts have size 1, and without keepdims they
 * lose the axis. Source: ONNX SplitToSequence.
 */
public record SplitToSequence(int axis, boolean keepdims) implements SequenceOp {
  @Override
  public String name() {
    return "SplitToSequence";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("axis", Attribute.of(axis), Attribute.of(0))
        .with("keepdims", Attribute.of(keepdims), Attribute.of(true));
  }

  static SplitToSequence read(Attributes attributes) {
    attributes.only("axis", "keepdims");
    return new SplitToSequence(attributes.int32("axis", 0), attributes.bool("keepdims", true));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType input = in.requireCount(1, 2).tensor(0, "input");
    if (in.has(1)) {
      in.requireDType(1, "split", Inputs.INDICES);
      Shape split = in.tensor(1, "split").shape();
      if (split.isKnown() && split.rank() > 1) {
        throw in.shapeError("split must be a scalar or a vector, found " + split);
      }
    }
    if (!input.shape().isKnown()) {
      return List.of(new SequenceType(input));
    }
    int along = in.axis(input.shape(), axis);
    List<Dim> dims = new ArrayList<>(input.shape().dims());
    if (in.has(1)) {
      dims.set(along, new Dim.Unknown());
    } else if (keepdims) {
      dims.set(along, Dim.of(1));
    } else {
      dims.remove(along);
    }
    return List.of(new SequenceType(input.withShape(Shape.of(dims))));
  }
}
