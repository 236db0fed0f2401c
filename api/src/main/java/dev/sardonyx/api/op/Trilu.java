package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * Matrices with all elements below the k-th diagonal, or above it, set to 0; k is input 1, 0 when
 * absent. Source: ONNX Trilu.
 */
public record Trilu(boolean upper) implements LayoutOp {
  @Override
  public String name() {
    return "Trilu";
  }

  @Override
  public int sinceOpset() {
    return 14;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("upper", Attribute.of(upper), Attribute.of(true));
  }

  static Trilu read(Attributes attributes) {
    return new Trilu(attributes.only("upper").bool("upper", true));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(1, 2).atLeastRank(0, "input", 2);
    if (in.has(1)) {
      in.requireDType(1, "k", EnumSet.of(DType.INT64));
      in.requireOne(1, "k");
    }
    return List.of(x);
  }
}
