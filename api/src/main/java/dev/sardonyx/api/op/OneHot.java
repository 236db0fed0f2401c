package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A new axis of size depth, whose element at each index has the second of values and all others the
 * first. Inputs: indices, depth, values [off, on]. Source: ONNX OneHot.
 */
public record OneHot(int axis) implements LayoutOp {
  @Override
  public String name() {
    return "OneHot";
  }

  @Override
  public int sinceOpset() {
    return 9;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(-1));
  }

  static OneHot read(Attributes attributes) {
    return new OneHot(attributes.only("axis").int32("axis", -1));
  }

  /** The depth may be of any number type, and is cut to an integer. */
  private static Dim whole(List<Double> depth) {
    if (!(depth.getFirst() > -1)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "OneHot: depth must be 0 or more, found " + depth.getFirst());
    }
    return Dim.of(depth.getFirst().longValue());
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    Shape indices = in.requireCount(3, 3).tensor(0, "indices").shape();
    in.tensor(1, "depth");
    TensorType values = in.ranked(2, "values", 1);
    if (values.shape().isKnown()) {
      in.requireEqual(values.dim(0), Dim.of(2), "values must be the one for off and that for on");
    }
    if (!indices.isKnown()) {
      return List.of(values.withShape(Shape.unknown()));
    }
    List<Dim> dims = new ArrayList<>(indices.dims());
    Dim depth =
        in.contents(1)
            .filter(list -> list.size() == 1)
            .map(List::getFirst)
            .or(() -> in.floats(1).filter(list -> list.size() == 1).map(OneHot::whole))
            .orElseGet(Dim.Unknown::new);
    dims.add(in.axes(List.of((long) axis), dims.size() + 1).getFirst(), depth);
    return List.of(values.withShape(Shape.of(dims)));
  }
}
