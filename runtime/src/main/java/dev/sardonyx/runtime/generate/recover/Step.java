package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One expression of a forward method that gives a value.
 *
 * @param scope the call of a module that it belongs to; of a layer, the call of the layer itself
 * @param inputs the values that it takes
 * @param output the value that it gives
 * @param code how it is written as a call of Tensor's or Functional's methods
 * @param layer the layer that it is, or may be where it is alone in its scope
 * @param type the type of its result
 * @param hint what a local variable of its result would be called
 */
record Step(
    Scope scope,
    List<String> inputs,
    String output,
    Optional<Code> code,
    Optional<LayerUse> layer,
    TypeName type,
    String hint) {

  Step {
    inputs = List.copyOf(inputs);
  }

  /** How values are written where a step stands. */
  interface Names {
    /** A value of the graph: an input, what a step gave, or a weight. */
    Expression tensor(String value);

    /** A dim that may be a symbol, as the size of one of the tensors at hand, near ones first. */
    Expression dim(Dim dim, String near);
  }

  /** Writes a step. */
  interface Code {
    Expression write(Names names);

    /** Whether sizes of its inputs are asked for, which then must have names. */
    default boolean asksSizes() {
      return false;
    }
  }

  /** Code that asks for sizes. */
  interface SizedCode extends Code {
    @Override
    default boolean asksSizes() {
      return true;
    }
  }

  /**
   * A layer of the library.
   *
   * @param value what makes it, with all its options
   * @param weights its entries of the state_dict by their names in the layer
   * @param path where weights' names say that it is; empty where they say nothing
   * @param result what is called on forward's result to get the tensor, or nothing
   */
  record LayerUse(
      Expression.New value, Map<String, DenseTensor> weights, String path, String result) {
    LayerUse {
      weights = new LinkedHashMap<>(weights);
    }

    static LayerUse stateless(Expression.New value) {
      return new LayerUse(value, Map.of(), "", "");
    }
  }
}
