package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * The elements in another type: floats are cut towards zero on the way to integers, which keep
 * their low bits on the way to narrower ones; what is not 0 is true. Source: ONNX Cast.
 */
public record Cast(DType to) implements ElementwiseOp {
  @Override
  public String name() {
    return "Cast";
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
  public Attributes attributes() {
    return Attributes.none().with("to", Attribute.of((long) to.onnxCode()));
  }

  /** What is asked of floats of 8 bits, saturate and round_mode, means nothing to other types. */
  static Cast read(Attributes attributes) {
    DType to = DType.ofOnnxCode(attributes.int32("to", 0));
    attributes.only(
        to.bits() > 8 ? new String[] {"to", "saturate", "round_mode"} : new String[] {"to"});
    return new Cast(to);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    return List.of(new TensorType(to, in.requireCount(1, 1).tensor(0, "input").shape()));
  }

  /** Whole numbers of 64 bits are followed; shapes are far below what 32 bits hold. */
  @Override
  public Optional<List<Dim>> contents(Inputs in) {
    return to == DType.INT64 || to == DType.INT32 ? in.contents(0) : Optional.empty();
  }
}
