package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * Sequences of a batch, each with its first elements, as many as input 1 says for it, in reverse.
 * Shapes: input (batch, time, ...) or (time, batch, ...), lengths (batch). Source: ONNX
 * ReverseSequence.
 */
public record ReverseSequence(int batchAxis, int timeAxis) implements IndexOp {
  @Override
  public String name() {
    return "ReverseSequence";
  }

  @Override
  public int sinceOpset() {
    return 10;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("batch_axis", Attribute.of(batchAxis), Attribute.of(1))
        .with("time_axis", Attribute.of(timeAxis), Attribute.of(0));
  }

  static ReverseSequence read(Attributes attributes) {
    attributes.only("batch_axis", "time_axis");
    return new ReverseSequence(attributes.int32("batch_axis", 1), attributes.int32("time_axis", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = in.requireCount(2, 2).atLeastRank(0, "input", 2);
    TensorType lengths = in.ranked(1, "sequence_lens", 1);
    in.requireDType(1, "sequence_lens", EnumSet.of(DType.INT64));
    if (batchAxis + timeAxis != 1 || batchAxis * timeAxis != 0) {
      throw in.argumentError(
          "batch_axis and time_axis must be 0 and 1 or 1 and 0, found %d and %d"
              .formatted(batchAxis, timeAxis));
    }
    if (x.shape().isKnown()) {
      in.requireEqual(
          lengths.shape().isKnown() ? lengths.dim(0) : new Dim.Unknown(),
          x.dim(batchAxis),
          "sequence_lens must have an element for each of the batch");
    }
    return List.of(x);
  }
}
