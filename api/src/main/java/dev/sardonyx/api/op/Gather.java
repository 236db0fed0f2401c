package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Slices of the data at indices along an axis; negative indices count from the end. Shape: dims of
 * the data with the axis replaced by the dims of the indices. Source: ONNX Gather.
 */
public record Gather(int axis) implements LayoutOp {
  @Override
  public String name() {
    return "Gather";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", Attribute.of(axis), Attribute.of(0));
  }

  static Gather read(Attributes attributes) {
    return new Gather(attributes.only("axis").int32("axis", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(2, 2).atLeastRank(0, "data", 1);
    TensorType indices = in.tensor(1, "indices");
    in.requireDType(1, "indices", EnumSet.of(DType.INT32, DType.INT64));
    if (!data.shape().isKnown() || !indices.shape().isKnown()) {
      return List.of(data.withShape(Shape.unknown()));
    }
    int along = in.axis(data.shape(), axis);
    List<Dim> dims = new ArrayList<>(data.shape().dims());
    dims.remove(along);
    dims.addAll(along, indices.shape().dims());
    return List.of(data.withShape(Shape.of(dims)));
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    if (in.contents(0).isEmpty() || in.numbers(1).isEmpty()) {
      return Optional.empty();
    }
    List<Dim> data = in.contents(0).get();
    List<Dim> result = new ArrayList<>();
    for (long index : in.numbers(1).get()) {
      long at = index < 0 ? index + data.size() : index;
      if (at < 0 || at >= data.size()) {
        throw in.shapeError(
            "Index",
            "[" + -data.size() + ", " + (data.size() - 1) + "]",
            index,
            "index " + index + " is outside " + data.size() + " elements");
      }
      result.add(data.get((int) at));
    }
    return Optional.of(List.copyOf(result));
  }
}
