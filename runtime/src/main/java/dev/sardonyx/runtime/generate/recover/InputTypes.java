package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.generate.model.ForwardInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What @Input says of the model's inputs. */
final class InputTypes {
  private InputTypes() {}

  /** Errors: UNSUPPORTED for inputs that are no tensors or of unknown rank. */
  static List<ForwardInput> of(Graph graph, List<String> names) {
    List<ForwardInput> result = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Value input = graph.inputs().get(i);
      if (!(input.type() instanceof TensorType type) || !type.shape().isKnown()) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED,
            "no class can be generated: the input "
                + input
                + " must be a tensor of known rank, because @Input names its dims");
      }
      List<String> dims = new ArrayList<>();
      for (int axis = 0; axis < type.rank(); axis++) {
        dims.add(text(type.shape().dim(axis), i, axis));
      }
      result.add(
          new ForwardInput(
              names.get(i), Optional.of(new ForwardInput.InputType(dims, type.dtype()))));
    }
    return result;
  }

  private static String text(Dim dim, int input, int axis) {
    return switch (dim) {
      case Dim.Fixed(long size) -> Long.toString(size);
      case Dim.Symbol(String name) -> symbol(name);
      case Dim.Derived _, Dim.Unknown _ -> "dim" + input + "_" + axis;
    };
  }

  /** A name that @Input takes: letters, digits and underscores. */
  private static String symbol(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }
}
