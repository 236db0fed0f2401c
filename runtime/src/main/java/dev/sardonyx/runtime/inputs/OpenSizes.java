package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sizes of the dims that a graph leaves open: a symbol has one size wherever it stands. */
final class OpenSizes {
  private final Map<String, Long> sizes;
  private final long batch;

  private OpenSizes(Map<String, Long> sizes, long batch) {
    this.sizes = sizes;
    this.batch = batch;
  }

  /**
   * Sizes of which some are given. Errors: INPUT for a symbol that no input has.
   *
   * @param batch the size of a first dim that is not given
   */
  static OpenSizes of(Graph graph, Map<String, Long> given, long batch) {
    List<String> symbols =
        graph.inputs().stream()
            .flatMap(input -> shape(input.type()).stream())
            .flatMap(shape -> shape.dims().stream())
            .filter(Dim.Symbol.class::isInstance)
            .map(Dim::toString)
            .distinct()
            .toList();
    for (String name : given.keySet()) {
      if (!symbols.contains(name)) {
        throw new SardonyxException(
            ErrorCode.INPUT, "no input has a dim '" + name + "'; dims by name: " + symbols);
      }
    }
    return new OpenSizes(new HashMap<>(given), batch);
  }

  /** The shape of the tensors in a value, where it is known. */
  private static Optional<Shape> shape(ValueType type) {
    return switch (type) {
      case TensorType tensor -> Optional.of(tensor.shape()).filter(Shape::isKnown);
      case SequenceType(ValueType element) -> shape(element);
      case OptionalType(ValueType element) -> shape(element);
      case MapType(DType _, ValueType element) -> shape(element);
      case UnknownType _ -> Optional.empty();
    };
  }

  /** The symbols get the sizes that a value has. Errors: INPUT where one has another already. */
  void take(Value input, ValueType found) {
    if (input.type() instanceof TensorType declared
        && found instanceof TensorType actual
        && declared.shape().isKnown()
        && declared.rank() == actual.rank()) {
      for (int axis = 0; axis < declared.rank(); axis++) {
        if (declared.dim(axis) instanceof Dim.Symbol(String name)) {
          long size = actual.dim(axis).fixed();
          Long earlier = sizes.putIfAbsent(name, size);
          if (earlier != null && earlier != size) {
            throw new SardonyxException(
                ErrorCode.INPUT,
                "dim '%s' is %d as asked for or in another input, but %d in input '%s'"
                    .formatted(name, earlier, size, input.name()));
          }
        }
      }
    }
  }

  /** The shape with the sizes that are known so far; other dims stay open. */
  Shape known(Shape shape) {
    return shape.bind(sizes);
  }

  /** The shape in numbers; the size that a symbol is given here stays. */
  Shape fixed(Shape shape) {
    List<Dim> dims = new ArrayList<>();
    for (Dim dim : shape.dims()) {
      long fallback = dims.isEmpty() ? batch : RandomInputs.SIZE_OF_OTHER_DIMS;
      if (dim instanceof Dim.Symbol(String name)) {
        sizes.putIfAbsent(name, fallback);
      }
      Dim bound = dim.bind(sizes);
      dims.add(bound.isFixed() ? bound : Dim.of(fallback));
    }
    return Shape.of(dims);
  }
}
