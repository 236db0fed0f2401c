package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** Determinants: X (..., M, M) -> Y (...). Source: ONNX Det. */
public record Det() implements MatrixOp {
  @Override
  public String name() {
    return "Det";
  }

  @Override
  public int sinceOpset() {
    return 11;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).requireDType(0, "X", Inputs.FLOATS);
    TensorType x = in.atLeastRank(0, "X", 2);
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    in.requireEqual(x.dim(-2), x.dim(-1), "rows of X must equal its columns");
    return List.of(x.withShape(Shape.of(x.shape().dims().subList(0, x.rank() - 2))));
  }
}
