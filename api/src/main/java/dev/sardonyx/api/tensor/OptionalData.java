package dev.sardonyx.api.tensor;

import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.ValueType;
import java.util.Optional;

/**
 * A value that may be absent.
 *
 * @param element the type of the value, also where there is none
 */
public record OptionalData(ValueType element, Optional<Data> value) implements Data {
  @Override
  public OptionalType type() {
    return new OptionalType(element);
  }
}
