package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the first thing in which a value differs from the one that is expected. */
record Difference(Closeness closeness) {

  /** What differs, beginning with the value's name; empty where nothing does. */
  Optional<String> of(String name, Data found, Data expected) {
    return switch (expected) {
      case Tensor tensor when found instanceof Tensor other ->
          tensor(name, other.dense(), tensor.dense());
      case SequenceData sequence when found instanceof SequenceData other ->
          sequence(name, other.values(), sequence.values());
      case OptionalData optional when found instanceof OptionalData other ->
          optional(name, other.value(), optional.value());
      case MapData map when found instanceof MapData other -> map(name, other, map);
      case Tensor _, SequenceData _, OptionalData _, MapData _ ->
          differ(name, found.type(), expected.type());
    };
  }

  private static Optional<String> differ(String name, Object found, Object expected) {
    return Optional.of(name + " is " + found + ", expected " + expected);
  }

  private Optional<String> sequence(String name, List<Data> found, List<Data> expected) {
    if (found.size() != expected.size()) {
      return differ("the length of " + name, found.size(), expected.size());
    }
    for (int i = 0; i < found.size(); i++) {
      Optional<String> first = of(name + "[" + i + "]", found.get(i), expected.get(i));
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  private Optional<String> optional(String name, Optional<Data> found, Optional<Data> expected) {
    if (found.isEmpty() || expected.isEmpty()) {
      return found.isEmpty() && expected.isEmpty()
          ? Optional.empty()
          : differ(
              name, found.isEmpty() ? "absent" : "there", expected.isEmpty() ? "absent" : "there");
    }
    return of(name, found.get(), expected.get());
  }

  /** Maps have no order. */
  private Optional<String> map(String name, MapData found, MapData expected) {
    Map<Object, Data> left = entries(found);
    Map<Object, Data> right = entries(expected);
    if (found.keys().dtype() != expected.keys().dtype() || !left.keySet().equals(right.keySet())) {
      return differ("the keys of " + name, left.keySet(), right.keySet());
    }
    return right.entrySet().stream()
        .flatMap(
            entry ->
                of(
                    name + "[" + entry.getKey() + "]",
                    left.getOrDefault(entry.getKey(), entry.getValue()),
                    entry.getValue())
                    .stream())
        .findFirst();
  }

  private static Map<Object, Data> entries(MapData map) {
    Map<Object, Data> entries = new HashMap<>();
    for (int i = 0; i < map.values().values().size(); i++) {
      Object key =
          map.keys().dtype() == DType.STRING
              ? map.keys().strings().get(i)
              : (Object) (long) map.keys().doubleAt(i);
      entries.put(key, map.values().values().get(i));
    }
    return entries;
  }

  private Optional<String> tensor(String name, DenseTensor found, DenseTensor expected) {
    if (!found.type().equals(expected.type())) {
      return differ(name, found.type(), expected.type());
    }
    return switch (expected.dtype()) {
      case STRING -> strings(name, found.strings(), expected.strings());
      case COMPLEX64 -> numbers(name, parts(found, DType.FLOAT32), parts(expected, DType.FLOAT32));
      case COMPLEX128 -> numbers(name, parts(found, DType.FLOAT64), parts(expected, DType.FLOAT64));
      case BOOL -> new Difference(new Closeness(0, 0)).numbers(name, found, expected);
      default -> numbers(name, found, expected);
    };
  }

  private static Optional<String> strings(String name, List<String> found, List<String> expected) {
    for (int i = 0; i < expected.size(); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        return differ(name + "[" + i + "]", "'" + found.get(i) + "'", "'" + expected.get(i) + "'");
      }
    }
    return Optional.empty();
  }

  /** The real and imaginary parts, as numbers of their own. */
  private static DenseTensor parts(DenseTensor complex, DType part) {
    return DenseTensor.view(part, Shape.of(2 * complex.elements()), complex.segment());
  }

  private Optional<String> numbers(String name, DenseTensor found, DenseTensor expected) {
    if (MemorySegment.mismatch(
            found.segment(),
            0,
            found.segment().byteSize(),
            expected.segment(),
            0,
            expected.segment().byteSize())
        < 0) {
      return Optional.empty();
    }
    long first = -1;
    long outside = 0;
    for (long i = 0; i < expected.elements(); i++) {
      if (!closeness.allows(found.doubleAt(i), expected.doubleAt(i))) {
        first = outside == 0 ? i : first;
        outside++;
      }
    }
    return outside == 0
        ? Optional.empty()
        : Optional.of(
            "%s[%d] is %s, expected %s; %d of %d elements are off by more than %s"
                .formatted(
                    name,
                    first,
                    found.doubleAt(first),
                    expected.doubleAt(first),
                    outside,
                    expected.elements(),
                    closeness));
  }
}
