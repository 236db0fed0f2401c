package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The dims of a tensor from one axis to before another as int64 elements; negative axes count from
 * the end, those outside are clamped. Source: ONNX Shape.
 */
public record ShapeOf(long start, OptionalLong end) implements LayoutOp {
  /** All dims. */
  public ShapeOf() {
    this(0, OptionalLong.empty());
  }

  @Override
  public String name() {
    return "Shape";
  }

  @Override
  public int sinceOpset() {
    return start == 0 && end.isEmpty() ? 1 : 15;
  }

  @Override
  public Attributes attributes() {
    Attributes result = Attributes.none().with("start", Attribute.of(start), Attribute.of(0));
    return end.isPresent() ? result.with("end", Attribute.of(end.getAsLong())) : result;
  }

  static ShapeOf read(Attributes attributes) {
    attributes.only("start", "end");
    return new ShapeOf(
        attributes.integer("start", 0),
        attributes.byName().containsKey("end")
            ? OptionalLong.of(attributes.integer("end", 0))
            : OptionalLong.empty());
  }

  /** Those of all elements of a list, one for each axis, that are asked for. */
  public <T> List<T> of(List<T> dims) {
    int first = clamp(start, dims.size());
    int last = end.isPresent() ? clamp(end.getAsLong(), dims.size()) : dims.size();
    return dims.subList(first, Math.max(first, last));
  }

  private static int clamp(long axis, int rank) {
    return (int) Math.clamp(axis < 0 ? axis + rank : axis, 0L, (long) rank);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    Shape x = in.requireCount(1, 1).tensor(0, "data").shape();
    Dim rank = x.isKnown() ? Dim.of(of(x.dims()).size()) : new Dim.Unknown();
    return List.of(TensorType.of(DType.INT64, rank));
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    Shape x = in.tensor(0, "data").shape();
    return x.isKnown() ? Optional.of(of(x.dims())) : Optional.empty();
  }
}
