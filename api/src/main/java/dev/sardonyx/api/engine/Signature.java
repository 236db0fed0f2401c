package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the inputs of a run against what a graph declares; the same words for every engine. */
public final class Signature {
  private Signature() {}

  /**
   * The inputs in the graph's order; an initializer is the value of an input that is not given.
   * Errors: INPUT, naming both sides: missing or unknown names, element types, ranks, dims, or one
   * symbol with two sizes.
   */
  public static List<Data> check(Graph graph, Map<String, ? extends Data> given) {
    Map<String, Long> symbols = new HashMap<>();
    List<Data> result = new ArrayList<>(graph.inputs().size());
    int known = 0;
    for (Value input : graph.inputs()) {
      Data data = given.get(input.name());
      if (data == null) {
        data = graph.initializers().get(input.name());
      } else {
        known++;
      }
      if (data == null) {
        requireKnown(graph, given.keySet());
        throw new SardonyxException(
            ErrorCode.INPUT, "input '" + input.name() + "' is missing; expected " + input.type());
      }
      checkType(input, data.type(), symbols);
      result.add(data);
    }
    if (known < given.size()) {
      requireKnown(graph, given.keySet());
    }
    return result;
  }

  private static void requireKnown(Graph graph, Set<String> names) {
    Set<String> inputs = graph.inputs().stream().map(Value::name).collect(Collectors.toSet());
    for (String name : names) {
      if (!inputs.contains(name)) {
        throw new SardonyxException(
            ErrorCode.INPUT,
            "there is no input '" + name + "'; " + graph.name() + " takes " + graph.inputs());
      }
    }
  }

  /**
   * The memory that outputs are written to, in the graph's order. Errors: INPUT where a name is
   * missing or unknown or a type is another, ARGUMENT where memory is read-only.
   *
   * @param types what the graph gives
   */
  public static List<MemorySegment> outputs(
      Graph graph, List<? extends ValueType> types, Map<String, Tensor> given) {
    for (String name : given.keySet()) {
      if (graph.outputs().stream().noneMatch(output -> output.name().equals(name))) {
        throw new SardonyxException(
            ErrorCode.INPUT,
            "there is no output '" + name + "'; " + graph.name() + " gives " + graph.outputs());
      }
    }
    List<MemorySegment> segments = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      segments.add(writable(graph.outputs().get(i).name(), types.get(i), given));
    }
    return segments;
  }

  private static MemorySegment writable(String name, ValueType type, Map<String, Tensor> given) {
    Tensor to = given.get(name);
    if (to == null || !to.type().equals(type)) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "output '"
              + name
              + "' needs a tensor "
              + type
              + " to be written to, found "
              + (to == null ? "none" : to.type().toString()));
    }
    return to.dense().writable();
  }

  /** Copies an output into the caller's tensor of that name. Errors: INPUT where none fits. */
  static void fill(String name, Tensor value, Map<String, Tensor> wanted) {
    writable(name, value.type(), wanted).copyFrom(value.dense().segment());
  }

  private static void checkType(Value input, ValueType found, Map<String, Long> symbols) {
    boolean fits =
        input.type() instanceof TensorType expected && found instanceof TensorType tensor
            ? fits(input, expected, tensor, symbols)
            : fits(input.type(), found);
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "input '" + input.name() + "' must be " + input.type() + ", found " + found);
    }
  }

  /** What a sequence, an optional or a map holds may have any shape. */
  private static boolean fits(ValueType expected, ValueType found) {
    return switch (expected) {
      case UnknownType _ -> true;
      case TensorType tensor ->
          found instanceof TensorType other && tensor.dtype() == other.dtype();
      case SequenceType(ValueType element) ->
          found instanceof SequenceType(ValueType other) && fits(element, other);
      case OptionalType(ValueType element) ->
          found instanceof OptionalType(ValueType other) && fits(element, other);
      case MapType(DType key, ValueType value) ->
          found instanceof MapType(DType other, ValueType held)
              && key == other
              && fits(value, held);
    };
  }

  private static boolean fits(
      Value input, TensorType expected, TensorType found, Map<String, Long> symbols) {
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
    return fits;
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
