package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A tensor repeated along each axis as often as input 1 says. Source: ONNX Tile. */
public record Tile() implements LayoutOp {
  @Override
  public String name() {
    return "Tile";
  }

  @Override
  public int sinceOpset() {
    return 6;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(2, 2).tensor(0, "input");
    TensorType repeats = in.ranked(1, "repeats", 1);
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    in.requireEqual(
        repeats.shape().isKnown() ? repeats.dim(0) : new Dim.Unknown(),
        Dim.of(x.rank()),
        "repeats must have an element for each axis");
    List<Dim> times =
        in.contents(1).orElseGet(() -> Collections.nCopies(x.rank(), new Dim.Unknown()));
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (times.get(axis) instanceof Dim.Fixed(long count) && count < 0) {
        throw in.shapeError("repeats must be 0 or more, found " + times);
      }
      dims.add(x.dim(axis).times(times.get(axis)));
    }
    return List.of(x.withShape(Shape.of(dims)));
  }
}
