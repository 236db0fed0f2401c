package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Set;

/**
 * float32 to uint8, with a scale and a zero point made from the range of x, 0 included. Outputs: y,
 * y_scale, y_zero_point. Source: ONNX DynamicQuantizeLinear.
 */
public record DynamicQuantizeLinear() implements QuantizationOp {
  @Override
  public String name() {
    return "DynamicQuantizeLinear";
  }

  @Override
  public int sinceOpset() {
    return 11;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).requireDType(0, "x", Set.of(DType.FLOAT32));
    return List.of(
        new TensorType(DType.UINT8, in.tensor(0, "x").shape()),
        new TensorType(DType.FLOAT32, Shape.of()),
        new TensorType(DType.UINT8, Shape.of()));
  }
}
