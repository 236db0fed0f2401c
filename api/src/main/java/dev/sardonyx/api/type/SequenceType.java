package dev.sardonyx.api.type;

/** A list of values of one type. */
public record SequenceType(ValueType element) implements ValueType {
  @Override
  public String toString() {
    return "sequence(" + element + ")";
  }
}
