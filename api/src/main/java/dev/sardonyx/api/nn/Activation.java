package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A layer without parameters that gives a tensor of its input's type. Tensors never change here:
 * where a layer takes inplace, it is for its place in describe() and has no other effect.
 */
abstract class Activation implements UnaryModule {
  private final String name;
  private final String arguments;
  private final UnaryOperator<Tensor> function;

  /** A layer of PyTorch's name, with its arguments as PyTorch prints them. */
  Activation(String name, String arguments, UnaryOperator<Tensor> function) {
    this.name = name;
    this.arguments = arguments;
    this.function = function;
  }

  /** The text of arguments before inplace, which is shown where it is true. */
  static String withInplace(String arguments, boolean inplace) {
    String separator = arguments.isEmpty() ? "" : ", ";
    return inplace ? arguments + separator + "inplace=True" : arguments;
  }

  /** The output. Errors: SHAPE or DTYPE where x does not fit. */
  @Override
  public Tensor forward(Tensor x) {
    Map<String, String> dims = Map.of("Axis", "dim");
    return Operations.inModule(
        this, x, tensor -> Arguments.owned(name, dims, () -> function.apply(tensor)));
  }

  @Override
  public Structure structure() {
    return Structure.of(name);
  }

  @Override
  public String extraRepr() {
    return arguments;
  }
}
