package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The k largest elements along an axis, or the smallest, with their indices: of equals the ones of
 * lower index first. NaN counts as larger than all else. Not sorted means any order; here they are
 * sorted all the same. Inputs: X, k (1). Source: ONNX TopK.
 */
public record TopK(int axis, boolean largest, boolean sorted) implements IndexOp {
  @Override
  public String name() {
    return "TopK";
  }

  @Override
  public int sinceOpset() {
    return largest && sorted ? 10 : 11;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("axis", Attribute.of(axis), Attribute.of(-1))
        .with("largest", Attribute.of(largest), Attribute.of(true))
        .with("sorted", Attribute.of(sorted), Attribute.of(true));
  }

  static TopK read(Attributes attributes) {
    attributes.only("axis", "largest", "sorted");
    return new TopK(
        attributes.int32("axis", -1),
        attributes.bool("largest", true),
        attributes.bool("sorted", true));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(2, 2).atLeastRank(0, "X", 1);
    in.requireDType(0, "X", Inputs.NUMBERS);
    TensorType count = in.ranked(1, "K", 1);
    in.requireDType(1, "K", EnumSet.of(DType.INT64));
    in.requireEqual(
        count.shape().isKnown() ? count.dim(0) : new Dim.Unknown(),
        Dim.of(1),
        "K must have one element");
    if (!x.shape().isKnown()) {
      return List.of(x, new TensorType(DType.INT64, x.shape()));
    }
    int along = in.axis(x.shape(), axis);
    Optional<Dim> known = in.contents(1).filter(k -> k.size() == 1).map(List::getFirst);
    Dim k = known.orElseGet(Dim.Unknown::new);
    if (k instanceof Dim.Fixed(long number)) {
      boolean tooMany = x.dim(along) instanceof Dim.Fixed(long size) && number > size;
      if (number < 0 || tooMany) {
        throw in.argumentError(
            "K must be within [0, " + x.dim(along) + "], the elements of the axis, found " + k);
      }
    }
    TensorType values = x.withShape(x.shape().with(along, k));
    return List.of(values, new TensorType(DType.INT64, values.shape()));
  }
}
