package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The data as it is; with the scalar training_mode (input 2, bool) elements are set to 0 with the
 * probability ratio (input 1, within [0, 1), 0.5 when absent) and others divided by 1 - ratio. The
 * second output tells what was kept. One seed gives one result. Source: ONNX Dropout.
 */
public record Dropout(Optional<Long> seed) implements ElementwiseOp {
  @Override
  public String name() {
    return "Dropout";
  }

  @Override
  public int sinceOpset() {
    return 12;
  }

  @Override
  public Precision precision() {
    return Precision.RANDOM;
  }

  @Override
  public Attributes attributes() {
    return seed.map(value -> Attributes.none().with("seed", Attribute.of(value)))
        .orElse(Attributes.none());
  }

  static Dropout read(Attributes attributes) {
    attributes.only("seed");
    return new Dropout(
        attributes.byName().containsKey("seed")
            ? Optional.of(attributes.integer("seed", 0))
            : Optional.empty());
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType data = in.requireCount(1, 3).requireFloat(0, "data");
    if (in.has(1)) {
      in.requireFloat(1, "ratio");
      requireOne(in, 1, "ratio");
    }
    if (in.has(2)) {
      in.requireDType(2, "training_mode", EnumSet.of(DType.BOOL));
      requireOne(in, 2, "training_mode");
    }
    return List.of(data, new TensorType(DType.BOOL, data.shape()));
  }

  /** A scalar, or a vector of one element as some exporters write it. */
  private static void requireOne(Inputs in, int index, String name) {
    Shape shape = in.tensor(index, name).shape();
    if (shape.isFixed() && shape.elements().fixed() != 1) {
      throw in.shapeError(name + " must be one number, found " + shape);
    }
  }
}
