package dev.sardonyx.api.tensor;

import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * A list of values of one type; tensors in it may differ in shape.
 *
 * @param element the type of all values
 */
public record SequenceData(ValueType element, List<Data> values) implements Data {
  public SequenceData {
    values = List.copyOf(values);
  }

  @Override
  public SequenceType type() {
    return new SequenceType(element);
  }
}
