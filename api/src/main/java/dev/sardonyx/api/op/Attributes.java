package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.ValueType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The attributes of one operator by ONNX's names, in a fixed order. */
public record Attributes(Map<String, Attribute> byName) {
  private static final Attributes NONE = new Attributes(Map.of());

  public Attributes {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** No attributes. */
  public static Attributes none() {
    return NONE;
  }

  /** This and one more attribute. */
  public Attributes with(String name, Attribute value) {
    Map<String, Attribute> more = new LinkedHashMap<>(byName);
    more.put(name, value);
    return new Attributes(more);
  }

  /** This and one more attribute, left out where it has its default value. */
  public Attributes with(String name, Attribute value, Attribute defaultValue) {
    return value.equals(defaultValue) ? this : with(name, value);
  }

  /** An integer, or its default. Errors: ARGUMENT when it is of another kind. */
  public long integer(String name, long defaultValue) {
    return switch (byName.get(name)) {
      case null -> defaultValue;
      case Attribute.IntValue(long value) -> value;
      case Attribute other -> throw wrongKind(name, "an integer", other);
    };
  }

  /** An integer within 32 bits, or its default. Errors: ARGUMENT. */
  public int int32(String name, int defaultValue) {
    return narrow(name, integer(name, defaultValue));
  }

  /** A boolean written as 0 or 1, or its default. Errors: ARGUMENT. */
  public boolean bool(String name, boolean defaultValue) {
    return integer(name, defaultValue ? 1 : 0) != 0;
  }

  /** A float, or its default. Errors: ARGUMENT. */
  public float floating(String name, float defaultValue) {
    return switch (byName.get(name)) {
      case null -> defaultValue;
      case Attribute.FloatValue(float value) -> value;
      case Attribute other -> throw wrongKind(name, "a float", other);
    };
  }

  /** A string, or its default. Errors: ARGUMENT. */
  public String string(String name, String defaultValue) {
    return switch (byName.get(name)) {
      case null -> defaultValue;
      case Attribute.StringValue(String value) -> value;
      case Attribute other -> throw wrongKind(name, "a string", other);
    };
  }

  /** Floats; none where not given. Errors: ARGUMENT. */
  public List<Float> floats(String name) {
    return switch (byName.get(name)) {
      case null -> List.of();
      case Attribute.Floats(List<Float> values) -> values;
      case Attribute other -> throw wrongKind(name, "a list of floats", other);
    };
  }

  /** Strings; none where not given. Errors: ARGUMENT. */
  public List<String> strings(String name) {
    return switch (byName.get(name)) {
      case null -> List.of();
      case Attribute.Strings(List<String> values) -> values;
      case Attribute other -> throw wrongKind(name, "a list of strings", other);
    };
  }

  /** Integers within 32 bits, if given. Errors: ARGUMENT. */
  public Optional<List<Integer>> ints(String name) {
    return switch (byName.get(name)) {
      case null -> Optional.empty();
      case Attribute.Ints(List<Long> values) ->
          Optional.of(values.stream().map(value -> narrow(name, value)).toList());
      case Attribute other -> throw wrongKind(name, "a list of integers", other);
    };
  }

  /** Integers of 64 bits; none where not given. Errors: ARGUMENT. */
  public List<Long> longs(String name) {
    return switch (byName.get(name)) {
      case null -> List.of();
      case Attribute.Ints(List<Long> values) -> values;
      case Attribute other -> throw wrongKind(name, "a list of integers", other);
    };
  }

  /** A small tensor, or its default. Errors: ARGUMENT. */
  public Attribute.TensorValue tensor(String name, Attribute.TensorValue defaultValue) {
    return switch (byName.get(name)) {
      case null -> defaultValue;
      case Attribute.TensorValue value -> value;
      case Attribute other -> throw wrongKind(name, "a tensor of one element", other);
    };
  }

  /** A type of values, if given. Errors: ARGUMENT. */
  public Optional<ValueType> type(String name) {
    return switch (byName.get(name)) {
      case null -> Optional.empty();
      case Attribute.TypeValue(ValueType type) -> Optional.of(type);
      case Attribute other -> throw wrongKind(name, "a type", other);
    };
  }

  /** A graph. Errors: ARGUMENT when it is missing or of another kind. */
  public Body body(String name) {
    return switch (byName.get(name)) {
      case null -> throw error("attribute " + name + " is missing; expected a graph");
      case Attribute.Subgraph(Body body) -> body;
      case Attribute other -> throw wrongKind(name, "a graph", other);
    };
  }

  /** The error of attributes that an operator does not allow. */
  public SardonyxException error(String law) {
    return new SardonyxException(ErrorCode.ARGUMENT, law);
  }

  /**
   * This, once sure that it holds no other names: an attribute that is not understood must not be
   * dropped in silence. Errors: UNSUPPORTED.
   */
  public Attributes only(String... names) {
    Set<String> unknown = new TreeSet<>(byName.keySet());
    unknown.removeAll(Set.of(names));
    if (!unknown.isEmpty()) {
      throw new SardonyxException(ErrorCode.UNSUPPORTED, "unknown attributes " + unknown);
    }
    return this;
  }

  private static int narrow(String name, long value) {
    if (value != (int) value) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "attribute " + name + " = " + value + " exceeds 32 bits");
    }
    return (int) value;
  }

  private static SardonyxException wrongKind(String name, String expected, Attribute found) {
    return new SardonyxException(
        ErrorCode.ARGUMENT, "attribute " + name + " must be " + expected + ", found " + found);
  }

  /** For example {@code [transB=1, alpha=2.0]}; empty when there are none. */
  @Override
  public String toString() {
    return byName.isEmpty()
        ? ""
        : byName.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
