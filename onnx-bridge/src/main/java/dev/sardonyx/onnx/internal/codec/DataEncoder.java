package dev.sardonyx.onnx.internal.codec;

import com.google.protobuf.Message;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
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
import java.util.Locale;

/** Values of a graph as the messages that {@link DataDecoder} reads. */
public final class DataEncoder {
  private DataEncoder() {}

  /** The message of a value. Errors: LIMIT for a tensor of 2 GiB and more. */
  public static Message encode(Data data) {
    return switch (data) {
      case Tensor tensor -> tensor(tensor);
      case SequenceData sequence -> sequence(sequence);
      case OptionalData optional -> optional(optional);
      case MapData map -> map(map);
    };
  }

  private static TensorProto tensor(Tensor tensor) {
    DenseTensor dense = tensor.dense();
    if (dense.dtype() != DType.STRING && dense.segment().byteSize() > Integer.MAX_VALUE) {
      throw new SardonyxException(
          ErrorCode.LIMIT, dense.type() + " exceeds the 2 GiB that a message can hold");
    }
    return TensorCodec.encode("", dense);
  }

  private static SequenceProto sequence(SequenceData sequence) {
    var result = SequenceProto.newBuilder().setElemType(kind(sequence.element()));
    for (Data value : sequence.values()) {
      switch (value) {
        case Tensor tensor -> result.addTensorValues(tensor(tensor));
        case SequenceData inner -> result.addSequenceValues(sequence(inner));
        case OptionalData inner -> result.addOptionalValues(optional(inner));
        case MapData inner -> result.addMapValues(map(inner));
      }
    }
    return result.build();
  }

  /** Without a value the message is empty, and so is a file of it. */
  private static OptionalProto optional(OptionalData optional) {
    var result = OptionalProto.newBuilder();
    if (optional.value().isEmpty()) {
      return result.build();
    }
    result.setElemType(kind(optional.element()));
    switch (optional.value().get()) {
      case Tensor tensor -> result.setTensorValue(tensor(tensor));
      case SequenceData inner -> result.setSequenceValue(sequence(inner));
      case OptionalData inner -> result.setOptionalValue(optional(inner));
      case MapData inner -> result.setMapValue(map(inner));
    }
    return result.build();
  }

  private static MapProto map(MapData map) {
    var result = MapProto.newBuilder().setValues(sequence(map.values()));
    MapKeys.encode(map.keys(), result);
    return result.build();
  }

  static ElementKind kind(ValueType element) {
    return switch (element) {
      case TensorType _ -> ElementKind.ELEMENT_TENSOR;
      case SequenceType _ -> ElementKind.ELEMENT_SEQUENCE;
      case OptionalType _ -> ElementKind.ELEMENT_OPTIONAL;
      case MapType _ -> ElementKind.ELEMENT_MAP;
      case UnknownType _ -> ElementKind.ELEMENT_UNDEFINED;
    };
  }

  /** A kind as messages show it: {@code sparse tensor}. */
  static String name(ElementKind kind) {
    return kind.name().replaceFirst("^ELEMENT_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
