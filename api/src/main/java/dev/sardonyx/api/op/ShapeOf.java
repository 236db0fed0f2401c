package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/** The dims of a tensor as int64 elements. Source: ONNX Shape (without start and end). */
public record ShapeOf() implements LayoutOp {
  @Override
  public String name() {
    return "Shape";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    Shape x = in.requireCount(1, 1).tensor(0, "data").shape();
    Dim rank = x.isKnown() ? Dim.of(x.rank()) : new Dim.Unknown();
    return List.of(TensorType.of(DType.INT64, rank));
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    Shape x = in.tensor(0, "data").shape();
    return x.isKnown() ? Optional.of(x.dims()) : Optional.empty();
  }
}
