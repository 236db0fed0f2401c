package dev.sardonyx.api.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The most exact type that values of two types have in common. A value and an optional of its type
 * have the optional.
 */
public final class CommonType {
  private CommonType() {}

  /** The common type of both; empty where there is none, such as for two element types. */
  public static Optional<ValueType> of(ValueType a, ValueType b) {
    if (b instanceof UnknownType) {
      return Optional.of(b);
    }
    return switch (a) {
      case UnknownType _ -> Optional.of(a);
      case TensorType x when b instanceof TensorType y ->
          x.dtype() == y.dtype()
              ? Optional.of(x.withShape(of(x.shape(), y.shape())))
              : Optional.empty();
      case SequenceType(ValueType x) when b instanceof SequenceType(ValueType y) ->
          of(x, y).map(SequenceType::new);
      case OptionalType(ValueType x) ->
          of(x, b instanceof OptionalType(ValueType y) ? y : b).map(OptionalType::new);
      case TensorType _, SequenceType _, MapType _ when b instanceof OptionalType -> of(b, a);
      case MapType(DType key, ValueType x) when b instanceof MapType(DType other, ValueType y) ->
          key == other ? of(x, y).map(value -> new MapType(key, value)) : Optional.empty();
      case TensorType _, SequenceType _, MapType _ -> Optional.empty();
    };
  }

  /** The type with all shapes in it left open. */
  public static ValueType open(ValueType type) {
    return switch (type) {
      case TensorType tensor -> tensor.withShape(Shape.unknown());
      case SequenceType(ValueType element) -> new SequenceType(open(element));
      case OptionalType(ValueType element) -> new OptionalType(open(element));
      case MapType(DType key, ValueType value) -> new MapType(key, open(value));
      case UnknownType _ -> type;
    };
  }

  private static Shape of(Shape a, Shape b) {
    if (!a.isKnown() || !b.isKnown() || a.rank() != b.rank()) {
      return Shape.unknown();
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < a.rank(); axis++) {
      dims.add(a.dim(axis).sameAs(b.dim(axis)) ? a.dim(axis) : new Dim.Unknown());
    }
    return Shape.of(dims);
  }
}
