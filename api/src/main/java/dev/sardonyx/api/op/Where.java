package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/** X where the condition (input 0) is true, else Y; all three broadcast. Source: ONNX Where. */
public record Where() implements ElementwiseOp {
  @Override
  public String name() {
    return "Where";
  }

  @Override
  public int sinceOpset() {
    return 9;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(3, 3).requireDType(0, "condition", EnumSet.of(DType.BOOL));
    return List.of(new TensorType(in.sameDType(1, 2), in.broadcast(0, 1, 2)));
  }
}
