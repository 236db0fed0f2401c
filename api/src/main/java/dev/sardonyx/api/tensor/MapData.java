package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.MapType;

/**
 * A map from integers or strings to values of one type.
 *
 * @param keys a vector of integers or strings, each once
 * @param values as many as there are keys, in their order
 */
public record MapData(DenseTensor keys, SequenceData values) implements Data {
  public MapData {
    if (keys.rank() != 1 || keys.elements() != values.values().size()) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "a map has one key for each value, found keys "
              + keys.type()
              + " and "
              + values.values().size()
              + " values");
    }
  }

  @Override
  public MapType type() {
    return new MapType(keys.dtype(), values.element());
  }
}
