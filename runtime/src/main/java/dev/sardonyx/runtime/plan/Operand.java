package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.Optional;

/** What is known of an input when a routine is chosen: a fixed type, and its data if constant. */
public record Operand(TensorType type, Optional<DenseTensor> constant) {

  /** An input whose contents come with each run. */
  public static Operand of(TensorType type) {
    return new Operand(type, Optional.empty());
  }

  /** An input that never changes. */
  public static Operand of(DenseTensor constant) {
    return new Operand(constant.type(), Optional.of(constant));
  }

  long[] sizes() {
    return type.shape().sizes();
  }

  DType dtype() {
    return type.dtype();
  }
}
