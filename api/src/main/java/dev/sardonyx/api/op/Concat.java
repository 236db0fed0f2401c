package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tensors one after the other along an axis. Source: ONNX Concat. */
public record Concat(int axis) implements LayoutOp {
  @Override
  public String name() {
    return "Concat";
  }

  @Override
  public int sinceOpset() {
    return axis < 0 ? 11 : 4;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", Attribute.of(axis));
  }

  static Concat read(Attributes attributes) {
    if (!attributes.byName().containsKey("axis")) {
      throw new SardonyxException(ErrorCode.ARGUMENT, "Concat: attribute axis must be given");
    }
    return new Concat(attributes.only("axis").int32("axis", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType first = in.requireCount(1, Integer.MAX_VALUE).tensor(0, "input 0");
    Shape result = first.shape();
    for (int i = 1; i < in.count(); i++) {
      in.sameDType(0, i);
      Shape next = in.tensor(i, "input " + i).shape();
      if (!result.isKnown() || !next.isKnown()) {
        return List.of(first.withShape(Shape.unknown()));
      }
      result = joined(in, result, next);
    }
    if (result.isKnown()) {
      in.axis(result, axis);
    }
    return List.of(first.withShape(result));
  }

  private Shape joined(Inputs in, Shape a, Shape b) {
    if (a.rank() != b.rank()) {
      throw in.shapeError("Cat", a, b, "inputs must have one rank, found " + a + " and " + b);
    }
    int along = in.axis(a, axis);
    for (int i = 0; i < a.rank(); i++) {
      if (i != along) {
        in.requireEqual(
            "Cat", b.dim(i), a.dim(i), "dims must agree at axis " + i + " of " + b + " and " + a);
      }
    }
    return a.with(along, a.dim(along).plus(b.dim(along)));
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    List<Dim> all = new ArrayList<>();
    for (int i = 0; i < in.count(); i++) {
      if (in.contents(i).isEmpty()) {
        return Optional.empty();
      }
      all.addAll(in.contents(i).get());
    }
    return Optional.of(List.copyOf(all));
  }
}
