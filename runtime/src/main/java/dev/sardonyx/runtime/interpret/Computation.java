package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.tensor.Data;
import java.util.List;
import java.util.Optional;

/**
 * An operator computed from whole values: its outputs are no tensors, or their shapes depend on
 * what is in its inputs.
 */
@FunctionalInterface
public interface Computation {

  /**
   * All outputs, in the operator's order.
   *
   * @param inputs in the operator's order, empty where left out
   * @param interpreter runs other operators and graphs, and gives memory
   */
  List<Data> compute(List<Optional<Data>> inputs, Interpreter interpreter);
}
