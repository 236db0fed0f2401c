package dev.sardonyx.onnx.internal.codec;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.proto.ElementKind;
import dev.sardonyx.onnx.internal.proto.MapProto;
import dev.sardonyx.onnx.internal.proto.OptionalProto;
import dev.sardonyx.onnx.internal.proto.SequenceProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Values of a graph by their declared type: tensors, sequences, optionals and maps in one another.
 * Source: onnx-data.proto.
 */
public final class DataDecoder {
  private final Arena arena;

  /** A decoder that puts tensors into memory of an arena. */
  public DataDecoder(Arena arena) {
    this.arena = arena;
  }

  /**
   * The value that a file's bytes hold. No bytes at all are an optional without a value. Errors:
   * FORMAT for what is not of the type, UNSUPPORTED for sparse tensors, LIMIT.
   */
  public Data decode(ByteString bytes, ValueType type) {
    return switch (type) {
      case TensorType tensor ->
          tensor(Messages.parse(bytes, TensorProto.parser(), "a tensor"), tensor);
      case SequenceType(ValueType element) ->
          sequence(Messages.parse(bytes, SequenceProto.parser(), "a sequence"), element);
      case OptionalType(ValueType element) ->
          optional(Messages.parse(bytes, OptionalProto.parser(), "an optional"), element);
      case MapType map -> map(Messages.parse(bytes, MapProto.parser(), "a map"), map);
      case UnknownType _ -> throw format("a value whose type is not declared cannot be read");
    };
  }

  private DenseTensor tensor(TensorProto proto, TensorType type) {
    DenseTensor tensor = TensorCodec.decode(proto, arena);
    if (tensor.dtype() != type.dtype()) {
      throw format("expected a tensor of " + type.dtype() + ", found " + tensor.type());
    }
    return tensor;
  }

  private SequenceData sequence(SequenceProto proto, ValueType element) {
    ElementKind kind = proto.getElemType();
    List<Data> values =
        switch (element) {
          case TensorType type -> each(proto.getTensorValuesList(), value -> tensor(value, type));
          case SequenceType(ValueType inner) ->
              each(proto.getSequenceValuesList(), value -> sequence(value, inner));
          case OptionalType(ValueType inner) ->
              each(proto.getOptionalValuesList(), value -> optional(value, inner));
          case MapType type -> each(proto.getMapValuesList(), value -> map(value, type));
          case UnknownType _ -> throw format("a sequence whose type is not declared");
        };
    long all = lists(proto).mapToLong(List::size).sum();
    boolean fits = kind == DataEncoder.kind(element) || values.isEmpty();
    if (!fits || all != values.size()) {
      throw format(
          "expected a sequence of "
              + element
              + ", found one of "
              + DataEncoder.name(kind)
              + " with "
              + (all - values.size())
              + " values of other kinds");
    }
    return new SequenceData(element, values);
  }

  private static Stream<List<?>> lists(SequenceProto proto) {
    return Stream.of(
        proto.getTensorValuesList(),
        proto.getSparseTensorValuesList(),
        proto.getSequenceValuesList(),
        proto.getMapValuesList(),
        proto.getOptionalValuesList());
  }

  private static <P> List<Data> each(List<P> protos, Function<P, Data> reading) {
    return protos.stream().map(reading).toList();
  }

  private OptionalData optional(OptionalProto proto, ValueType element) {
    Optional<Data> value =
        switch (element) {
          case TensorType type when proto.hasTensorValue() ->
              Optional.of(tensor(proto.getTensorValue(), type));
          case SequenceType(ValueType inner) when proto.hasSequenceValue() ->
              Optional.of(sequence(proto.getSequenceValue(), inner));
          case OptionalType(ValueType inner) when proto.hasOptionalValue() ->
              Optional.of(optional(proto.getOptionalValue(), inner));
          case MapType type when proto.hasMapValue() -> Optional.of(map(proto.getMapValue(), type));
          case TensorType _, SequenceType _, OptionalType _, MapType _, UnknownType _ ->
              Optional.empty();
        };
    boolean any =
        proto.hasTensorValue()
            || proto.hasSparseTensorValue()
            || proto.hasSequenceValue()
            || proto.hasMapValue()
            || proto.hasOptionalValue();
    if (any && value.isEmpty()) {
      throw format(
          "expected an optional of "
              + element
              + ", found one of "
              + DataEncoder.name(proto.getElemType()));
    }
    return new OptionalData(element, value);
  }

  private MapData map(MapProto proto, MapType type) {
    DenseTensor keys = MapKeys.decode(proto, type.key(), arena);
    SequenceData values = sequence(proto.getValues(), type.value());
    if (values.values().size() != keys.elements()) {
      throw format(
          "a map has " + keys.elements() + " keys and " + values.values().size() + " values");
    }
    return new MapData(keys, values);
  }

  private static SardonyxException format(String reason) {
    return new SardonyxException(ErrorCode.FORMAT, reason);
  }
}
