package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Strings as integers, so that operators that only move or compare elements need no code for
 * strings: each string has its place in the order of all, the empty one 0.
 */
final class StringCodes {
  /** As UTF-8's bytes are ordered; Java's own order puts surrogates before the last characters. */
  private static final Comparator<String> BY_CODE_POINTS =
      Comparator.comparing(string -> string.codePoints().toArray(), Arrays::compare);

  private final List<String> strings;
  private final Map<String, Long> codes = new HashMap<>();

  private StringCodes(TreeSet<String> sorted) {
    sorted.add("");
    strings = List.copyOf(sorted);
    for (int i = 0; i < strings.size(); i++) {
      codes.put(strings.get(i), (long) i);
    }
  }

  /** Codes for all strings of some inputs. */
  static StringCodes of(List<Optional<Data>> inputs) {
    var sorted = new TreeSet<>(BY_CODE_POINTS);
    for (Optional<Data> input : inputs) {
      if (input.isPresent() && isStrings(input.get())) {
        sorted.addAll(((Tensor) input.get()).dense().strings());
      }
    }
    return new StringCodes(sorted);
  }

  static boolean isStrings(Data data) {
    return data instanceof Tensor tensor && tensor.dtype() == DType.STRING;
  }

  /** A tensor of strings as one of int64; other values as they are. */
  Data encode(Data data) {
    if (!isStrings(data)) {
      return data;
    }
    DenseTensor tensor = ((Tensor) data).dense();
    long[] numbers = tensor.strings().stream().mapToLong(codes::get).toArray();
    return Tensor.of(numbers, tensor.shape().sizes());
  }

  /** A tensor of codes as strings, where its type says so. */
  Data decode(Data data, TensorType type) {
    if (type.dtype() != DType.STRING) {
      return data;
    }
    DenseTensor tensor = ((Tensor) data).dense();
    List<String> values = new ArrayList<>();
    for (long i = 0; i < tensor.elements(); i++) {
      values.add(strings.get((int) tensor.longAt(i)));
    }
    return DenseTensor.ofStrings(values, tensor.shape());
  }
}
