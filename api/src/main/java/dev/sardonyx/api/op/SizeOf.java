package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/** The number of elements of a tensor as an int64 scalar. Source: ONNX Size. */
public record SizeOf() implements LayoutOp {
  @Override
  public String name() {
    return "Size";
  }

  @Override
  public int sinceOpset() {
    return 1;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).tensor(0, "data");
    return List.of(new TensorType(DType.INT64, Shape.of()));
  }

  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    Shape x = in.tensor(0, "data").shape();
    return x.isKnown() ? Optional.of(List.of(x.elements())) : Optional.empty();
  }
}
