package dev.sardonyx.runtime.generate.model;

import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of forward: a Tensor.
 *
 * @param name the Java name
 * @param type what @Input says of it, in the model's own class alone
 */
public record ForwardInput(String name, Optional<InputType> type) {
  /** The dims as @Input writes them, digits or symbols, and the element type. */
  public record InputType(List<String> dims, DType dtype) {
    public InputType {
      dims = List.copyOf(dims);
    }
  }
}
