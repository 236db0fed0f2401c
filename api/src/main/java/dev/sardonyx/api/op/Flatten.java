package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** To a matrix: dims before the axis become rows, the others columns. Source: ONNX Flatten. */
public record Flatten(int axis) implements LayoutOp {
  @Override
  public String name() {
    return "Flatten";
  }

  @Override
  public int sinceOpset() {
    return axis < 0 ? 11 : 1;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(1));
  }

  static Flatten read(Attributes attributes) {
    return new Flatten(attributes.only("axis").int32("axis", 1));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(1, 1).tensor(0, "input");
    if (!x.shape().isKnown()) {
      return List.of(TensorType.of(x.dtype(), new Dim.Unknown(), new Dim.Unknown()));
    }
    int rank = x.rank();
    if (axis < -rank || axis > rank) {
      String range = "[" + -rank + ", " + rank + "]";
      throw in.shapeError(
          "Axis", range, axis, "axis " + axis + " is outside " + range + " of " + x);
    }
    int from = axis < 0 ? axis + rank : axis;
    return List.of(
        TensorType.of(x.dtype(), x.shape().product(0, from), x.shape().product(from, rank)));
  }
}
