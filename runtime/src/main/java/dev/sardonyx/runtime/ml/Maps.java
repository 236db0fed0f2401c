package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Maps made of rows, and rows of maps. */
final class Maps {
  private static final TensorType SCALAR = TensorType.of(DType.FLOAT32, new long[0]);

  private Maps() {}

  private static Object key(DenseTensor keys, int index) {
    return keys.dtype() == DType.STRING ? keys.strings().get(index) : (Object) keys.longAt(index);
  }

  /** A value of a map: a tensor of one element. */
  private static Object value(Data data) {
    boolean single = data instanceof Tensor tensor && tensor.dense().elements() == 1;
    if (!single) {
      throw new SardonyxException(
          ErrorCode.DTYPE, "the values of the map must be single elements, found " + data.type());
    }
    DenseTensor tensor = ((Tensor) data).dense();
    return tensor.dtype() == DType.STRING
        ? tensor.strings().getFirst()
        : tensor.dtype() == DType.INT64 ? (Object) tensor.longAt(0) : (Object) tensor.doubleAt(0);
  }

  private static DType valueType(MapData map) {
    if (map.type().value() instanceof TensorType tensor) {
      return tensor.dtype();
    }
    throw new SardonyxException(
        ErrorCode.DTYPE, "the values of the map must be elements, found " + map.type());
  }

  static DenseTensor vectorize(MlOp op, MapData map, Allocator memory) {
    List<Object> vocabulary = new ArrayList<>(op.attributes().strings("string_vocabulary"));
    vocabulary.addAll(op.attributes().longs("int64_vocabulary"));
    DType type = valueType(map);
    Object none = type == DType.STRING ? "" : (Object) 0L;
    List<Object> result = new ArrayList<>(Collections.nCopies(vocabulary.size(), none));
    for (int i = 0; i < map.values().values().size(); i++) {
      Cancellation.poll();
      int place = vocabulary.indexOf(key(map.keys(), i));
      if (place >= 0) {
        result.set(place, value(map.values().values().get(i)));
      }
    }
    return Labels.write(result, type, Shape.of(1, vocabulary.size()), memory);
  }

  static DenseTensor cast(MlOp op, MapData map, Allocator memory) {
    var sorted = new TreeMap<Long, Object>();
    for (int i = 0; i < map.values().values().size(); i++) {
      sorted.put(map.keys().longAt(i), value(map.values().values().get(i)));
    }
    DType type =
        switch (op.attributes().string("cast_to", "TO_FLOAT")) {
          case "TO_STRING" -> DType.STRING;
          case "TO_INT64" -> DType.INT64;
          default -> DType.FLOAT32;
        };
    List<Object> result = new ArrayList<>();
    if (op.attributes().string("map_form", "DENSE").equals("SPARSE")) {
      long size = op.attributes().integer("max_map", 1);
      if (size < 0
          || size > 1 << 24
          || !sorted.isEmpty() && sorted.lastKey() >= size
          || !sorted.isEmpty() && sorted.firstKey() < 0) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "CastMap: keys must be within [0, max_map = %d), found %s"
                .formatted(size, sorted.keySet()));
      }
      for (long i = 0; i < size; i++) {
        Object value = sorted.get(i);
        result.add(value == null ? (type == DType.STRING ? "0" : 0L) : cast(value, type));
      }
    } else {
      sorted.values().forEach(value -> result.add(cast(value, type)));
    }
    return Labels.write(result, type, Shape.of(1, result.size()), memory);
  }

  private static Object cast(Object value, DType type) {
    if (type == DType.STRING) {
      if (value instanceof String text) {
        return text;
      }
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "CastMap: how floats are written as strings is not specified");
    }
    try {
      return value instanceof String text ? Double.valueOf(text.strip()) : value;
    } catch (NumberFormatException none) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "CastMap: '" + value + "' is no number", none);
    }
  }

  static SequenceData zip(MlOp op, DenseTensor x) {
    List<Long> integers = op.integerLabels();
    List<String> strings = op.attributes().strings("classlabels_strings");
    Table table = Table.of(x);
    if (table.columns() != op.labels()) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "ZipMap: %s must have a column for each of %d labels".formatted(x.type(), op.labels()));
    }
    DenseTensor keys =
        strings.isEmpty()
            ? Tensor.of(integers.stream().mapToLong(Long::longValue).toArray(), integers.size())
                .dense()
            : DenseTensor.ofStrings(strings, Shape.of(strings.size()));
    List<Data> maps = new ArrayList<>();
    for (long row = 0; row < table.rows(); row++) {
      Cancellation.poll();
      List<Data> values = new ArrayList<>();
      for (int column = 0; column < table.columns(); column++) {
        values.add(Tensor.scalar((float) table.at(row, column)));
      }
      maps.add(new MapData(keys, new SequenceData(SCALAR, values)));
    }
    return new SequenceData(new MapType(keys.dtype(), SCALAR), maps);
  }
}
