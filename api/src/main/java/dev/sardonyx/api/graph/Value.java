package dev.sardonyx.api.graph;

import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;

/** A value that flows through a graph, defined once under its name. */
public record Value(String name, ValueType type) {
  private static final Value ABSENT = new Value("", new UnknownType());

  /** Stands where a node leaves out an optional input or output; its name is empty, as in ONNX. */
  public static Value absent() {
    return ABSENT;
  }

  /** Whether something is there. */
  public boolean isPresent() {
    return !name.isEmpty();
  }

  /** The type of a tensor value. Errors: ClassCastException for a sequence, optional or map. */
  public TensorType tensorType() {
    return (TensorType) type;
  }

  /** Written out: the JVM links what it generates at each start. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Value value && name.equals(value.name) && type.equals(value.type);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + type.hashCode();
  }

  /** For example {@code x: float32[batch, 784]}. */
  @Override
  public String toString() {
    return name + ": " + type;
  }
}
