package dev.sardonyx.api.op;

import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * Y = min(max(X, low), high) with scalars low (input 1) and high (input 2), each optional; high
 * wins where they cross, NaN stays NaN. Source: ONNX Clip.
 */
public record Clip() implements ElementwiseOp {
  @Override
  public String name() {
    return "Clip";
  }

  @Override
  public int sinceOpset() {
    return 11;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(1, 3).requireDType(0, "input", Inputs.NUMBERS);
    in.sameDType(0, 1, 2);
    for (int bound = 1; bound <= 2; bound++) {
      if (in.has(bound)) {
        in.ranked(bound, bound == 1 ? "min" : "max", 0);
      }
    }
    return List.of(in.tensor(0, "input"));
  }
}
