package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of a LabelEncoder: of keys that are there twice the first counts. Thread-safe. */
final class LabelTable {
  private final Map<Object, Object> table = new HashMap<>();
  private final List<Object> keys;
  private final DType type;
  private final Object otherwise;

  private LabelTable(Attributes attributes) {
    keys = Labels.list(attributes, "keys");
    List<Object> values = Labels.list(attributes, "values");
    if (keys.size() != values.size()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "LabelEncoder: %d keys have %d values".formatted(keys.size(), values.size()));
    }
    for (int i = 0; i < keys.size(); i++) {
      Cancellation.pollAt(i);
      table.putIfAbsent(keys.get(i), values.get(i));
    }
    type = valueType(attributes);
    otherwise =
        Labels.tensor(attributes, "default_tensor")
            .map(tensor -> Labels.element(tensor, 0))
            .orElseGet(() -> Labels.defaultOf(attributes, type));
  }

  /** Errors: ARGUMENT. */
  static LabelTable of(MlOp op) {
    return new LabelTable(op.attributes());
  }

  private static DType valueType(Attributes attributes) {
    Map<String, Attribute> given = attributes.byName();
    return Labels.tensor(attributes, "values_tensor")
        .map(DenseTensor::dtype)
        .orElseGet(
            () ->
                given.containsKey("values_strings")
                    ? DType.STRING
                    : given.containsKey("values_int64s") ? DType.INT64 : DType.FLOAT32);
  }

  private static Class<?> kind(DType type) {
    return type == DType.STRING ? String.class : type.isFloat() ? Double.class : Long.class;
  }

  DenseTensor encode(DenseTensor x, Allocator memory) {
    boolean same = keys.isEmpty() || keys.getFirst().getClass() == kind(x.dtype());
    if (!same) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          "LabelEncoder: keys such as " + keys.getFirst() + " are not " + x.dtype());
    }
    List<Object> result = new ArrayList<>();
    long left = Cancellation.EVERY;
    for (long i = 0; i < x.elements(); i++) {
      left = Cancellation.spend(left, 8);
      result.add(table.getOrDefault(Labels.element(x, i), otherwise));
    }
    return Labels.write(result, type, x.shape(), memory);
  }
}
