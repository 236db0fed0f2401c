package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A convolution of each channel with what came before. Inputs: input (batch, channels, length),
 * weight (channels, 1, k), bias (channels), past_state (batch, channels, k - 1), zeros when absent.
 * Outputs: input's shape and the last k - 1 elements. Source: ONNX CausalConvWithState.
 *
 * @param activation none, silu or swish, which are the same
 */
public record CausalConvWithState(String activation) implements AttentionOp {
  private static final Set<DType> TYPES = EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16);

  @Override
  public String name() {
    return "CausalConvWithState";
  }

  @Override
  public int sinceOpset() {
    return 27;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("activation", Attribute.of(activation), Attribute.of("none"));
  }

  static CausalConvWithState read(Attributes attributes) {
    String activation = attributes.only("activation").string("activation", "none");
    if (!Set.of("none", "silu", "swish").contains(activation)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "CausalConvWithState: activation must be none, silu or swish, found " + activation);
    }
    return new CausalConvWithState(activation);
  }

  /** Whether results are multiplied by their sigmoid. */
  public boolean isActivated() {
    return !activation.equals("none");
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType input = in.requireCount(2, 4).ranked(0, "input", 3);
    in.requireDType(0, "input", TYPES);
    in.sameDType(0, 1, 2, 3);
    TensorType weight = in.ranked(1, "weight", 3);
    boolean known = weight.shape().isKnown();
    Dim kernel = known ? weight.dim(2) : new Dim.Unknown();
    if (kernel.equals(Dim.of(0))) {
      throw in.shapeError("weight must have an element or more, found " + weight);
    }
    if (!input.shape().isKnown()) {
      return List.of(input, TensorType.of(input.dtype(), "?", "?", "?"));
    }
    Dim state = kernel.plus(-1);
    if (known) {
      in.requireEqual(weight.dim(0), input.dim(1), "weight must have input's channels");
      in.requireEqual(weight.dim(1), Dim.of(1), "weight must have one input channel each");
    }
    if (in.has(2) && in.ranked(2, "bias", 1).shape().isKnown()) {
      in.requireEqual(in.tensor(2, "bias").dim(0), input.dim(1), "bias must have its channels");
    }
    if (in.has(3) && in.ranked(3, "past_state", 3).shape().isKnown()) {
      TensorType past = in.tensor(3, "past_state");
      in.requireEqual(past.dim(0), input.dim(0), "past_state must have input's batch");
      in.requireEqual(past.dim(1), input.dim(1), "past_state must have input's channels");
      in.requireEqual(past.dim(2), state, "past_state must be one shorter than the kernel");
    }
    return List.of(input, TensorType.of(input.dtype(), input.dim(0), input.dim(1), state));
  }
}
