package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the inputs of a run against what a graph declares; the same words for every engine. */
public final class Signature {
  private Signature() {}

  /**
   * The inputs in the graph's order. Errors: INPUT, naming both sides: missing or unknown names,
   * element types, ranks, dims, or one symbol with two sizes.
   */
  public static List<Tensor> check(Graph graph, Map<String, Tensor> given) {
    List<String> names = graph.inputs().stream().map(Value::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new SardonyxException(
            ErrorCode.INPUT,
            "there is no input '" + name + "'; " + graph.name() + " takes " + graph.inputs());
      }
    }
    Map<String, Long> symbols = new HashMap<>();
    List<Tensor> result = new ArrayList<>();
    for (Value input : graph.inputs()) {
      Tensor tensor = given.get(input.name());
      if (tensor == null) {
        throw new SardonyxException(
            ErrorCode.INPUT, "input '" + input.name() + "' is missing; expected " + input.type());
      }
      checkType(input, tensor.type(), symbols);
      result.add(tensor);
    }
    return result;
  }

  private static void checkType(Value input, TensorType found, Map<String, Long> symbols) {
    if (!(input.type() instanceof TensorType expected)) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "input '" + input.name() + "' is " + input.type() + ", not a tensor");
    }
    Shape shape = expected.shape();
    boolean fits =
        expected.dtype() == found.dtype() && (!shape.isKnown() || shape.rank() == found.rank());
    for (int axis = 0; fits && shape.isKnown() && axis < shape.rank(); axis++) {
      long size = found.dim(axis).fixed();
      fits =
          switch (shape.dim(axis)) {
            case Dim.Fixed(long wanted) -> wanted == size;
            case Dim.Symbol(String symbol) -> bind(input, symbol, size, symbols);
            case Dim.Derived _, Dim.Unknown _ -> true;
          };
    }
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.INPUT, "input '" + input.name() + "' must be " + expected + ", found " + found);
    }
  }

  private static boolean bind(Value input, String symbol, long size, Map<String, Long> symbols) {
    Long earlier = symbols.putIfAbsent(symbol, size);
    if (earlier != null && earlier != size) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "dim '"
              + symbol
              + "' is "
              + size
              + " in input '"
              + input.name()
              + "' but "
              + earlier
              + " before");
    }
    return true;
  }
}
