package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * The elements of input 0 in the type of input 1, as by {@link Cast} with its attributes. Source:
 * ONNX CastLike.
 */
public record CastLike(boolean saturate, Cast.RoundMode roundMode) implements ElementwiseOp {

  /** The cast with the defaults of its attributes. */
  public CastLike() {
    this(true, Cast.RoundMode.UP);
  }

  @Override
  public String name() {
    return "CastLike";
  }

  @Override
  public int sinceOpset() {
    return roundMode != Cast.RoundMode.UP ? 24 : saturate ? 15 : 19;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("saturate", Attribute.of(saturate ? 1 : 0), Attribute.of(1))
        .with("round_mode", Attribute.of(roundMode.text()), Attribute.of("up"));
  }

  static CastLike read(Attributes attributes) {
    attributes.only("saturate", "round_mode");
    return new CastLike(attributes.bool("saturate", true), Cast.RoundMode.read(attributes));
  }

  /** The same as a cast to the type of input 1. */
  public Cast cast(DType to) {
    return new Cast(to, saturate, roundMode);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    DType to = in.requireCount(2, 2).tensor(1, "target_type").dtype();
    return List.of(new TensorType(to, in.tensor(0, "input").shape()));
  }
}
