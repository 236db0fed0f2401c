package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Elements looked up in tables. Elements are strings, integers as Long, or floats as Double. */
final class Labels {
  private Labels() {}

  /** An element to look up or to write: both zeros are one, and so is each NaN. */
  static Object element(DenseTensor x, long index) {
    if (x.dtype() == DType.STRING) {
      return x.strings().get((int) index);
    }
    var elements = new Elements(x.dtype());
    return x.dtype().isFloat()
        ? (Object) (elements.real(x.segment(), index) + 0.0)
        : (Object) elements.integer(x.segment(), index);
  }

  private static List<Object> all(DenseTensor x) {
    List<Object> result = new ArrayList<>();
    long left = Cancellation.EVERY;
    for (long i = 0; i < x.elements(); i++) {
      left = Cancellation.spend(left, 8);
      result.add(element(x, i));
    }
    return result;
  }

  /** Elements that a tensor, strings, integers or floats give, of these names. */
  static List<Object> list(Attributes attributes, String name) {
    Optional<DenseTensor> tensor = tensor(attributes, name + "_tensor");
    if (tensor.isPresent()) {
      return all(tensor.get());
    }
    List<Object> result = new ArrayList<>(attributes.strings(name + "_strings"));
    result.addAll(attributes.longs(name + "_int64s"));
    attributes.floats(name + "_floats").forEach(value -> result.add(value.doubleValue() + 0.0));
    return result;
  }

  static Optional<DenseTensor> tensor(Attributes attributes, String name) {
    return attributes.byName().get(name)
            instanceof Attribute.TensorValue(DType dtype, List<Long> dims, var bytes)
        ? Optional.of(
            DenseTensor.view(
                dtype,
                Shape.of(dims.stream().mapToLong(Long::longValue).toArray()),
                MemorySegment.ofBuffer(bytes)))
        : Optional.empty();
  }

  static Object defaultOf(Attributes attributes, DType type) {
    if (type == DType.STRING) {
      return attributes.string("default_string", "_Unused");
    }
    return type.isFloat()
        ? (Object) (double) attributes.floating("default_float", -0f)
        : (Object) attributes.integer("default_int64", -1);
  }

  /** A tensor of elements, all of one kind. */
  static DenseTensor write(List<?> values, DType type, Shape shape, Allocator memory) {
    if (type == DType.STRING) {
      return DenseTensor.ofStrings(values.stream().map(String.class::cast).toList(), shape);
    }
    var elements = new Elements(type);
    MemorySegment y = memory.allocate(new TensorType(type, shape));
    for (int i = 0; i < values.size(); i++) {
      if (type.isFloat()) {
        elements.real(y, i, ((Number) values.get(i)).doubleValue());
      } else {
        elements.integer(y, i, ((Number) values.get(i)).longValue());
      }
    }
    return DenseTensor.view(type, shape, y);
  }

  static DenseTensor categories(MlOp op, DenseTensor x, Allocator memory) {
    List<String> strings = op.attributes().strings("cats_strings");
    List<Long> integers = op.attributes().longs("cats_int64s");
    if (strings.size() != integers.size()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "CategoryMapper: %d strings have %d integers".formatted(strings.size(), integers.size()));
    }
    boolean text = x.dtype() == DType.STRING;
    Map<Object, Object> table = new HashMap<>();
    for (int i = 0; i < strings.size(); i++) {
      table.put(text ? strings.get(i) : integers.get(i), text ? integers.get(i) : strings.get(i));
    }
    DType type = text ? DType.INT64 : DType.STRING;
    Object otherwise = defaultOf(op.attributes(), type);
    List<Object> result = new ArrayList<>();
    long left = Cancellation.EVERY;
    for (long i = 0; i < x.elements(); i++) {
      left = Cancellation.spend(left, 8);
      result.add(table.getOrDefault(element(x, i), otherwise));
    }
    return write(result, type, x.shape(), memory);
  }

  static DenseTensor oneHot(MlOp op, DenseTensor x, Allocator memory) {
    List<Object> categories = new ArrayList<>(op.attributes().strings("cats_strings"));
    categories.addAll(op.attributes().longs("cats_int64s"));
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      places.put(categories.get(i), i);
    }
    boolean zeros = op.attributes().bool("zeros", true);
    long[] sizes = Arrays.copyOf(x.shape().sizes(), x.rank() + 1);
    sizes[x.rank()] = categories.size();
    TensorType type = TensorType.of(DType.FLOAT32, sizes);
    MemorySegment y = memory.allocate(type);
    var elements = new Elements(DType.FLOAT32);
    long left = Cancellation.EVERY;
    for (long i = 0; i < x.elements(); i++) {
      left = Cancellation.spend(left, 8);
      Object element = element(x, i);
      Object key = element instanceof Double real ? (Object) real.longValue() : element;
      Integer place = places.get(key);
      if (place != null) {
        elements.real(y, i * categories.size() + place, 1);
      } else if (!zeros) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "OneHotEncoder: " + key + " is no category");
      }
    }
    return DenseTensor.view(DType.FLOAT32, type.shape(), y);
  }
}
