package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two values of any kind side by side: their tensors in pairs, or where they differ in kind. */
final class Pairs {
  /** Two tensors of one type that stand in the same place, which the name tells. */
  record Pair(String name, DenseTensor found, DenseTensor expected) {}

  private final List<Pair> tensors = new ArrayList<>();
  private Optional<String> unlike = Optional.empty();

  Pairs(String name, Data found, Data expected) {
    add(name, found, expected);
  }

  /** The tensors, up to the first place where the values differ in kind. */
  List<Pair> tensors() {
    return tensors;
  }

  /** What differs in kind, type, shape, number or keys, where anything does. */
  Optional<String> unlike() {
    return unlike;
  }

  private void add(String name, Data found, Data expected) {
    if (unlike.isPresent()) {
      return;
    }
    if (!sameKind(found.type(), expected.type())) { // which empty ones would not tell otherwise
      differ(name, found.type(), expected.type());
      return;
    }
    switch (expected) {
      case Tensor tensor when found instanceof Tensor other ->
          tensor(name, other.dense(), tensor.dense());
      case SequenceData sequence when found instanceof SequenceData other ->
          sequence(name, other.values(), sequence.values());
      case OptionalData optional when found instanceof OptionalData other ->
          optional(name, other.value(), optional.value());
      case MapData map when found instanceof MapData other -> map(name, other, map);
      case Tensor _, SequenceData _, OptionalData _, MapData _ ->
          differ(name, found.type(), expected.type());
    }
  }

  /** Whether two types are one but for shapes; a type that is not known may be any. */
  private static boolean sameKind(ValueType a, ValueType b) {
    return switch (a) {
      case TensorType tensor when b instanceof TensorType other -> tensor.dtype() == other.dtype();
      case SequenceType(ValueType one) when b instanceof SequenceType(ValueType other) ->
          sameKind(one, other);
      case OptionalType(ValueType one) when b instanceof OptionalType(ValueType other) ->
          sameKind(one, other);
      case MapType(DType key, ValueType one)
          when b instanceof MapType(DType otherKey, ValueType other) ->
          key == otherKey && sameKind(one, other);
      case UnknownType _ -> true;
      case TensorType _, SequenceType _, OptionalType _, MapType _ -> b instanceof UnknownType;
    };
  }

  private void differ(String name, Object found, Object expected) {
    unlike = Optional.of(name + " is " + found + ", expected " + expected);
  }

  private void tensor(String name, DenseTensor found, DenseTensor expected) {
    if (found.type().equals(expected.type())) {
      tensors.add(new Pair(name, found, expected));
    } else {
      differ(name, found.type(), expected.type());
    }
  }

  private void sequence(String name, List<Data> found, List<Data> expected) {
    if (found.size() != expected.size()) {
      differ("the length of " + name, found.size(), expected.size());
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      add(name + "[" + i + "]", found.get(i), expected.get(i));
    }
  }

  private void optional(String name, Optional<Data> found, Optional<Data> expected) {
    if (found.isPresent() && expected.isPresent()) {
      add(name, found.get(), expected.get());
    } else if (found.isPresent() || expected.isPresent()) {
      differ(name, found.isEmpty() ? "absent" : "there", expected.isEmpty() ? "absent" : "there");
    }
  }

  /** Maps have no order. */
  private void map(String name, MapData found, MapData expected) {
    Map<Object, Data> left = entries(found);
    Map<Object, Data> right = entries(expected);
    boolean asMany = found.keys().elements() == expected.keys().elements();
    if (!asMany || !left.keySet().equals(right.keySet())) {
      differ("the keys of " + name, left.keySet(), right.keySet());
      return;
    }
    right.forEach(
        (key, value) -> add(name + "[" + key + "]", left.getOrDefault(key, value), value));
  }

  private static Map<Object, Data> entries(MapData map) {
    Map<Object, Data> entries = new HashMap<>();
    var whole = new Elements(map.keys().dtype());
    for (int i = 0; i < map.values().values().size(); i++) {
      Object key =
          map.keys().dtype() == DType.STRING
              ? map.keys().strings().get(i)
              : (Object) whole.integer(map.keys().segment(), i);
      entries.put(key, map.values().values().get(i));
    }
    return entries;
  }
}
