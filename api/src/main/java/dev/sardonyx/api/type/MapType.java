package dev.sardonyx.api.type;

/** A map from an integer or string key to values of one type. */
public record MapType(DType key, ValueType value) implements ValueType {
  @Override
  public String toString() {
    return "map(" + key + ", " + value + ")";
  }
}
