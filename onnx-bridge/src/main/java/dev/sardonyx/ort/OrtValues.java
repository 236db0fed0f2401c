package dev.sardonyx.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.SequenceInfo;
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
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Results of any kind, copied. */
final class OrtValues {
  private static final Shape ANY = Shape.unknown();

  /** The elements of sequences that can be read. */
  private static final Set<OnnxJavaType> READABLE =
      EnumSet.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE, OnnxJavaType.INT64, OnnxJavaType.STRING);

  private OrtValues() {}

  /** A copy of a result. Errors: UNSUPPORTED for what ONNX Runtime's Java API does not give. */
  static Data fromOrt(String name, OnnxValue value, ValueType declared) throws OrtException {
    if (declared instanceof OptionalType(ValueType element)) {
      return new OptionalData(element, Optional.of(fromOrt(name, value, element)));
    }
    return switch (value) {
      case OnnxTensor tensor -> OrtTensors.fromOrt(name, tensor);
      case OnnxSequence sequence -> sequence(name, sequence, declared);
      case OnnxMap map -> map(name, map);
      default -> throw OrtTensors.unsupported("output", name, value.getType());
    };
  }

  private static SequenceData sequence(String name, OnnxSequence sequence, ValueType declared)
      throws OrtException {
    SequenceInfo info = sequence.getInfo();
    boolean readable = info.isSequenceOfMaps() || READABLE.contains(info.sequenceType);
    if (info.length > 0 && !readable) {
      throw OrtTensors.unsupported("output", name, "sequence of " + info.sequenceType);
    }
    List<? extends OnnxValue> parts = info.length == 0 ? List.of() : sequence.getValue();
    try {
      List<Data> values = new ArrayList<>();
      for (OnnxValue part : parts) {
        values.add(fromOrt(name, part, elementType(name, info)));
      }
      ValueType element =
          declared instanceof SequenceType(ValueType known) ? known : elementType(name, info);
      return new SequenceData(element, values);
    } finally {
      parts.forEach(OnnxValue::close);
    }
  }

  private static ValueType elementType(String name, SequenceInfo info) {
    return info.isSequenceOfMaps()
        ? new MapType(
            dtype(name, info.mapInfo.keyType),
            new TensorType(dtype(name, info.mapInfo.valueType), ANY))
        : new TensorType(dtype(name, info.sequenceType), ANY);
  }

  private static DType dtype(String name, OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> DType.FLOAT32;
      case DOUBLE -> DType.FLOAT64;
      case INT8 -> DType.INT8;
      case INT16 -> DType.INT16;
      case INT32 -> DType.INT32;
      case INT64 -> DType.INT64;
      case BOOL -> DType.BOOL;
      case STRING -> DType.STRING;
      case UINT8 -> DType.UINT8;
      case FLOAT16 -> DType.FLOAT16;
      case BFLOAT16 -> DType.BFLOAT16;
      case UNKNOWN -> throw OrtTensors.unsupported("output", name, type);
    };
  }

  /**
   * Maps hold one number or string for each key; they come in no order, and leave by their keys'.
   */
  private static MapData map(String name, OnnxMap map) throws OrtException {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.getValue().entrySet());
    boolean strings = map.getInfo().keyType == OnnxJavaType.STRING;
    List<Data> values = new ArrayList<>();
    Shape count = Shape.of(entries.size());
    DenseTensor keys;
    if (strings) {
      entries.sort((a, b) -> ((String) a.getKey()).compareTo((String) b.getKey()));
      keys = DenseTensor.ofStrings(entries.stream().map(e -> (String) e.getKey()).toList(), count);
    } else {
      entries.sort((a, b) -> Long.compare((Long) a.getKey(), (Long) b.getKey()));
      long[] longs = entries.stream().mapToLong(entry -> (Long) entry.getKey()).toArray();
      keys = Tensor.of(longs, longs.length).dense();
    }
    entries.forEach(entry -> values.add(scalar(name, entry.getValue())));
    var element = new TensorType(dtype(name, map.getInfo().valueType), Shape.of());
    return new MapData(keys, new SequenceData(element, values));
  }

  private static Tensor scalar(String name, Object value) {
    return switch (value) {
      case Float number -> Tensor.scalar(number);
      case Long number -> Tensor.scalar(number);
      case Double number -> Tensor.of(new double[] {number}, new long[0]);
      case String string -> DenseTensor.ofStrings(List.of(string), Shape.of());
      default ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED, "output '" + name + "' is a map to " + value.getClass());
    };
  }
}
