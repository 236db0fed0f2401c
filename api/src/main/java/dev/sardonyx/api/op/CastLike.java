package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/** The elements of input 0 in the type of input 1, as by {@link Cast}. Source: ONNX CastLike. */
public record CastLike() implements ElementwiseOp {
  @Override
  public String name() {
    return "CastLike";
  }

  @Override
  public int sinceOpset() {
    return 15;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    DType to = in.requireCount(2, 2).tensor(1, "target_type").dtype();
    return List.of(new TensorType(to, in.tensor(0, "input").shape()));
  }
}
